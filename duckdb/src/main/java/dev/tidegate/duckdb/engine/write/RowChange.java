package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.Outcome;
import dev.tidegate.duckdb.change.Stage;
import dev.tidegate.duckdb.change.Stage.StageColumn;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.load.Binding;
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
import dev.tidegate.duckdb.sql.ChangeStatement.Upsert;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import dev.tidegate.tds.token.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of an UPDATE or DELETE. The server runs it as a whole if it can be said in T-SQL. Otherwise DuckDB finds the rows and
 * their new values, which go to the server with the rows' keys and are applied there by one statement. Meanwhile nobody else can write to
 * the table, so that what was computed is of the rows that are changed.
 */
final class RowChange {
    private final EngineSession session;
    private final TargetNames names;
    private final Target target;
    private final SqlStatement statement;
    private final Outcome outcome;

    RowChange(EngineSession session, TargetNames names, Target target, SqlStatement statement, Outcome outcome) {
        this.session = session;
        this.names = names;
        this.target = target;
        this.statement = statement;
        this.outcome = outcome;
    }

    /** @return rows changed */
    long run(ChangeStatement change) throws SQLException {
        if (change instanceof Upsert upsert) {
            return new UpsertRun(session, names, target, statement, outcome).run(upsert);
        }
        if (change instanceof MergeStatement merge) {
            return new MergeRun(session, names, target, statement, outcome).run(merge);
        }
        RemoteTable table = new RemoteTables(session, names).of(target);
        PushDown pushDown = pushDown(change, table);
        return pushDown instanceof Pushed pushed
                ? session.remote()
                        .write(
                                target.database(),
                                session.run(),
                                (connection, run) -> change(new ServerSession(connection, run), change, pushed))
                : staged(change);
    }

    /** @return empty where it is no question whether the server can run the whole */
    Optional<PushDown> request(ChangeStatement change) throws SQLException {
        if (change instanceof Upsert) {
            return Optional.empty();
        }
        return Optional.of(
                change instanceof MergeStatement merge
                        ? new MergeRun(session, names, target, statement, outcome).request(merge)
                        : pushDown(change, new RemoteTables(session, names).of(target)));
    }

    private long change(ServerSession server, ChangeStatement change, Pushed pushed) throws SQLException {
        long changed = outcome.change(server, action(change), pushed.request());
        outcome.finish();
        return changed;
    }

    private static Action action(ChangeStatement change) {
        return change instanceof Update ? Action.UPDATE : Action.DELETE;
    }

    private PushDown pushDown(ChangeStatement change, RemoteTable table) throws SQLException {
        boolean several = change instanceof Update update ? update.from() != null : ((Delete) change).using() != null;
        if (several || !change.with().isEmpty()) {
            return new PushDown.NotPushed("other tables");
        }
        WritePushDown push = new WritePushDown(
                session.duckdb(), table, alias(change), new RemoteTables(session, names).resolver(), Mode.AUTO);
        String output = outcome.output(action(change));
        return change instanceof Update update
                ? push.update(values(update.values()), update.where(), output)
                : push.delete(((Delete) change).where(), output);
    }

    static String alias(ChangeStatement change) {
        return change.alias() == null ? change.target().last() : change.alias();
    }

    /**
     * By their columns; null for DEFAULT.
     *
     * @throws SQLException if a column is set twice
     */
    static Map<String, String> values(List<Assigned> assigned) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Assigned each : assigned) {
            for (String before : values.keySet()) {
                if (before.equalsIgnoreCase(each.column())) {
                    throw new SQLSyntaxErrorException("column \"" + each.column() + "\" is set twice", "42701");
                }
            }
            values.put(each.column(), each.value());
        }
        return values;
    }

    private long staged(ChangeStatement change) throws SQLException {
        Map<RemoteName, SQLException> undescribed = session.makeViews(statement);
        Map<String, Column> columns = columns(session, target);
        return session.atomically(() -> {
            TableKey key = session.remote().write(target.database(), session.run(), (connection, run) -> {
                ServerSession server = new ServerSession(connection, run);
                lock(server, target.name());
                return key(server, target.name());
            });
            Plan plan = new Plan(change, key, columns);
            long rows = keep(LoadQuery.seen(session, target.database(), undescribed, plan.query()), KEPT);
            long changed = rows == 0
                    ? 0L
                    : session.remote()
                            .write(
                                    target.database(),
                                    session.run(),
                                    (connection, run) -> apply(new ServerSession(connection, run), plan, rows));
            session.execute("DROP TABLE " + KEPT);
            outcome.finish();
            return changed;
        });
    }

    /**
     * Where DuckDB keeps what it has computed, before any of it is sent: the connection is the one that it reads with. A rollback
     * takes it along.
     */
    static final String KEPT = "temp.main.tidegate_changes";

    /**
     * Runs a query, whose limit and cancel are the statement's.
     *
     * @param table temporary, for its rows
     * @return rows
     */
    static long keep(LoadQuery query, String table) throws SQLException {
        EngineSession session = query.session();
        try {
            session.local().execute("CREATE OR REPLACE TEMP TABLE " + table + " AS " + query.sql(), Binding.NONE);
        } finally {
            query.giveBack();
        }
        try (Statement count = session.duckdb().createStatement();
                ResultSet row = count.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Until the end of the transaction nobody else writes to the table. */
    static void lock(ServerSession server, RemoteName table) throws SQLException {
        server.rows("SELECT TOP (1) 1 FROM " + table.sql() + " WITH (TABLOCK, HOLDLOCK)");
    }

    /** That tells all rows apart. */
    static TableKey key(ServerSession server, RemoteName table) throws SQLException {
        return TableKey.of(server, table).stream()
                .filter(key -> !key.nullable())
                .findFirst()
                .orElseThrow(() -> new SQLFeatureNotSupportedException(
                        "table " + table + " has no primary key, nor another unique one without NULL, by which"
                                + " the rows that DuckDB finds could be changed on the server; write the statement so"
                                + " that the server can run all of it, or use mssql_execute",
                        "0A000"));
    }

    /** By their names in lower case. */
    static Map<String, Column> columns(EngineSession session, Target target) throws SQLException {
        Map<RemoteName, SQLException> failures = new HashMap<>();
        List<Column> found = session.remote()
                .columns(target.database(), List.of(target.name()), session.run(), failures)
                .get(target.name());
        if (found == null) {
            throw failures.get(target.name());
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        found.forEach(column -> columns.put(column.name().toLowerCase(Locale.ROOT), column));
        return columns;
    }

    static Column column(Map<String, Column> columns, String name, Target target) throws SQLException {
        Column column = columns.get(name.toLowerCase(Locale.ROOT));
        if (column == null) {
            throw new SQLSyntaxErrorException("table " + target.name() + " has no column \"" + name + "\"", "42703");
        }
        return column;
    }

    /** What DuckDB has to find out, and what the server does with it. */
    private final class Plan {
        private final Stage stage = new Stage();
        private final ChangeStatement change;
        private final List<StageColumn> keys = new ArrayList<>();
        private final List<StageColumn> values = new ArrayList<>();
        /** Columns that are set to their defaults. */
        private final List<String> defaults = new ArrayList<>();

        Plan(ChangeStatement change, TableKey key, Map<String, Column> columns) throws SQLException {
            this.change = change;
            for (String name : key.columns()) {
                keys.add(new StageColumn("tidegate_key_" + keys.size(), column(columns, name, target)));
            }
            if (change instanceof Update update) {
                for (Map.Entry<String, String> value : values(update.values()).entrySet()) {
                    Column column = column(columns, value.getKey(), target);
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
            String alias = Identifiers.duckdb(alias(change));
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
                    outcome.output(action(change)) + " FROM " + target.name().sql() + " AS [" + Stage.TARGET
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
        stage.create(server, target.name(), plan.columns());
        stage.load(server, session.duckdb(), "SELECT * FROM " + KEPT);
        stage.index(server, plan.keys.stream().map(StageColumn::name).toList());
        long changed = outcome.change(server, action(plan.change), plan.change());
        if (changed != rows) {
            throw changedMeanwhile(target.name(), rows, changed);
        }
        stage.drop(server);
        return changed;
    }

    static SQLException changedMeanwhile(RemoteName table, long found, long changed) {
        return new SQLException(
                "DuckDB found " + found + " rows of " + table + " to change, and the server has changed " + changed
                        + ": others have written to it meanwhile, or a trigger; nothing was changed, run the statement"
                        + " again",
                "40001");
    }
}
