package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.Stage;
import dev.tidegate.duckdb.change.Stage.StageColumn;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.WritePushDown;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.ChangeStatement;
import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.ChangeStatement.Delete;
import dev.tidegate.duckdb.sql.ChangeStatement.Update;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of an UPDATE or DELETE. The server runs it as a whole if it can be said in T-SQL. Otherwise DuckDB finds the rows and
 * their new values, which go to the server with the rows' keys and are applied there by one statement. Meanwhile nobody else can write to
 * the table, so that what was computed is of the rows that are changed.
 */
final class RowChange implements ChangeRun {
    private final ChangedTable table;
    private final ChangeStatement change;
    private final Action action;

    /** @param change an UPDATE or a DELETE */
    RowChange(ChangedTable table, ChangeStatement change) {
        this.table = table;
        this.change = change;
        this.action = change instanceof Update ? Action.UPDATE : Action.DELETE;
    }

    @Override
    public long run() throws SQLException {
        PushDown pushDown = pushDown();
        return pushDown instanceof Pushed pushed
                ? table.write(server -> change(server, pushed))
                : staged((PushDown.NotPushed) pushDown);
    }

    @Override
    public Optional<PushDown> request() throws SQLException {
        return Optional.of(pushDown());
    }

    private long change(ServerSession server, Pushed pushed) throws SQLException {
        long changed = table.outcome().change(server, action, pushed.request());
        table.finish();
        return changed;
    }

    private PushDown pushDown() throws SQLException {
        RemoteTable pushed = table.pushed();
        boolean several = change instanceof Update update ? update.from() != null : ((Delete) change).using() != null;
        if (several || !change.with().isEmpty()) {
            return new PushDown.NotPushed("other tables");
        }
        WritePushDown push =
                new WritePushDown(table.session().duckdb(), pushed, change.knownAs(), table.others(), Mode.AUTO);
        String output = table.outcome().output(action);
        return change instanceof Update update
                ? push.update(Assigned.byColumn(update.values()), update.where(), output)
                : push.delete(((Delete) change).where(), output);
    }

    private long staged(PushDown.NotPushed why) throws SQLException {
        Map<RemoteName, SQLException> undescribed = table.session().makeViews(table.statement());
        ChangedTable.Columns columns = table.columns();
        if (change instanceof Update update) {
            // A wrong name is not to be taken for the lack of a key.
            for (String name : Assigned.byColumn(update.values()).keySet()) {
                columns.get(name);
            }
        }
        return table.session().atomically(() -> {
            Plan plan = new Plan(table.locked(why), columns);
            long rows = table.keep(table.query(undescribed, plan.query()), ChangedTable.KEPT);
            long changed = rows == 0 ? 0L : table.write(server -> apply(server, plan, rows));
            table.finish(ChangedTable.KEPT);
            return changed;
        });
    }

    /** What DuckDB has to find out, and what the server does with it. */
    private final class Plan {
        private final Stage stage = new Stage();
        private final List<StageColumn> keys = new ArrayList<>();
        private final List<StageColumn> values = new ArrayList<>();
        /** Columns that are set to their defaults. */
        private final List<String> defaults = new ArrayList<>();

        Plan(TableKey key, ChangedTable.Columns columns) throws SQLException {
            for (String name : key.columns()) {
                keys.add(new StageColumn("tidegate_key_" + keys.size(), columns.get(name)));
            }
            if (change instanceof Update update) {
                for (Map.Entry<String, String> value :
                        Assigned.byColumn(update.values()).entrySet()) {
                    Column column = columns.get(value.getKey());
                    if (value.getValue() == null) {
                        defaults.add(column.name());
                    } else {
                        values.add(new StageColumn(column.name(), column));
                    }
                }
            }
        }

        List<StageColumn> columns() {
            List<StageColumn> all = new ArrayList<>(keys);
            all.addAll(values);
            return all;
        }

        /** A row that several others match is changed once, as DuckDB does. */
        String query() throws SQLException {
            String alias = Identifiers.duckdb(change.knownAs());
            List<String> list = new ArrayList<>();
            keys.forEach(
                    key -> list.add(alias + "." + Identifiers.duckdb(key.of().name())));
            String others = change instanceof Update update ? update.from() : ((Delete) change).using();
            String where = change instanceof Update update ? update.where() : ((Delete) change).where();
            if (change instanceof Update update) {
                update.values().stream()
                        .filter(assigned -> assigned.value() != null)
                        .forEach(assigned -> list.add("(" + assigned.value() + "\n)"));
            }
            String from = change.target().duckdb()
                    + (change.alias() == null ? "" : " AS " + alias)
                    + (others == null ? "" : ", " + others);
            String select = change.with() + " SELECT " + String.join(", ", list) + " FROM " + from
                    + (where == null ? "" : "\nWHERE " + where);
            String typed = Stage.cast(select, columns());
            String keyNames =
                    String.join(", ", keys.stream().map(StageColumn::name).toList());
            return others == null ? typed : "SELECT DISTINCT ON (" + keyNames + ") * FROM (" + typed + ")";
        }

        Tsql change() {
            String joined =
                    table.outcome().output(action) + " FROM " + table.name().sql() + " AS [" + Stage.TARGET
                            + "] JOIN "
                            + stage.joinedBy(
                                    keys.stream().map(key -> key.of().name()).toList(),
                                    keys.stream().map(StageColumn::name).toList());
            return Tsql.text(
                    change instanceof Delete
                            ? "DELETE [" + Stage.TARGET + "]" + joined
                            : "UPDATE [" + Stage.TARGET + "] SET " + Stage.assignments(values, defaults) + joined);
        }
    }

    private long apply(ServerSession server, Plan plan, long rows) throws SQLException {
        Stage stage = plan.stage;
        stage.create(server, table.name(), plan.columns());
        stage.load(server, table.session().duckdb(), "SELECT * FROM " + ChangedTable.KEPT);
        stage.index(server, plan.keys.stream().map(StageColumn::name).toList());
        long changed = table.outcome().change(server, action, plan.change());
        if (changed != rows) {
            throw table.changedMeanwhile(rows, changed);
        }
        stage.drop(server);
        return changed;
    }
}
