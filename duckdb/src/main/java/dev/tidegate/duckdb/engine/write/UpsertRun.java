package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.change.Stage;
import dev.tidegate.duckdb.change.Stage.StageColumn;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.load.Assignment;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.UpsertPushDown;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.ChangeStatement.Upsert;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One execution of an INSERT with ON CONFLICT, OR REPLACE or OR IGNORE: the rows wait in a temporary table, those that are there already
 * are changed, and the others inserted. Which are there is the server's to say, by its collations.
 */
final class UpsertRun implements ChangeRun {
    private final ChangedTable table;
    private final Upsert upsert;
    private final Stage stage = new Stage();

    UpsertRun(ChangedTable table, Upsert upsert) {
        this.table = table;
        this.upsert = upsert;
    }

    @Override
    public long run() throws SQLException {
        LoadQuery query = table.query(
                table.session().makeViews(table.statement()),
                upsert.with().isEmpty() ? upsert.query() : upsert.with() + " SELECT * FROM (" + upsert.query() + "\n)");
        RemoteTable pushed = table.pushed();
        List<StageColumn> columns = columns(query.sql()).stream()
                .map(column -> new StageColumn(column.name(), column))
                .toList();
        String typed = Stage.cast(query.sql(), columns);
        return table.session().atomically(() -> {
            TableKey key = table.read(this::key);
            Tsql update = upsert.values() == null ? null : update(pushed, columns, key);
            table.keep(query.as(firstOfEach(key, typed)), ChangedTable.KEPT);
            long changed = table.write(server -> apply(server, columns, key, update));
            table.finish(ChangedTable.KEPT);
            return changed;
        });
    }

    /** Of several rows with one key the first counts, as in DuckDB, for which a NULL is no key. */
    private static String firstOfEach(TableKey key, String rows) {
        String names = key.columns().stream().map(Identifiers::duckdb).collect(Collectors.joining(", "));
        String unknown = key.columns().stream()
                .map(column -> Identifiers.duckdb(column) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        return "SELECT * EXCLUDE (tidegate_place) FROM (SELECT DISTINCT ON (" + names + ", CASE WHEN " + unknown
                + " THEN tidegate_place END) * FROM (SELECT row_number()"
                + " OVER () AS tidegate_place, * FROM (" + rows + ")) ORDER BY " + names + ", tidegate_place)";
    }

    private List<Column> columns(String query) throws SQLException {
        ChangedTable.Columns all = table.columns();
        List<Column> columns = new ArrayList<>();
        List<String> given =
                upsert.byName() ? Assignment.names(table.session().duckdb(), query, Binding.NONE) : upsert.columns();
        for (String name : given) {
            columns.add(all.get(name));
        }
        if (columns.isEmpty()) {
            columns.addAll(all.all());
        }
        int width = Assignment.width(table.session().duckdb(), query, Binding.NONE);
        if (width != columns.size()) {
            throw new SQLSyntaxErrorException(
                    "INSERT gives " + width + " values for " + columns.size() + " columns of " + table.name(), "42601");
        }
        return columns;
    }

    private TableKey key(ServerSession server) throws SQLException {
        List<TableKey> keys = TableKey.of(server, table.name());
        if (upsert.conflict().isEmpty()) {
            if (keys.size() != 1) {
                throw new SQLFeatureNotSupportedException(
                        "table " + table.name() + " has " + (keys.isEmpty() ? "no key" : keys.size() + " keys")
                                + "; ON CONFLICT needs the columns of one: ON CONFLICT (…)",
                        "0A000");
            }
            return keys.get(0);
        }
        Set<String> wanted = folded(upsert.conflict());
        return keys.stream()
                .filter(key -> folded(key.columns()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new SQLSyntaxErrorException(
                        "table " + table.name() + " has no key of columns " + String.join(", ", upsert.conflict()),
                        "42P10"));
    }

    private static Set<String> folded(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private Tsql update(RemoteTable pushed, List<StageColumn> columns, TableKey key) throws SQLException {
        Set<String> keys = folded(key.columns());
        Map<String, String> values = Assigned.byColumn(upsert.values());
        if (values.isEmpty()) {
            values = new LinkedHashMap<>();
            for (StageColumn column : columns) {
                if (!keys.contains(column.name().toLowerCase(Locale.ROOT))) {
                    values.put(column.name(), "excluded." + Identifiers.duckdb(column.name()));
                }
            }
        }
        if (values.isEmpty()) {
            return null;
        }
        for (String column : values.keySet()) {
            if (keys.contains(column.toLowerCase(Locale.ROOT))) {
                throw new SQLFeatureNotSupportedException(
                        "ON CONFLICT: column \"" + column + "\" is part of the key and cannot be set", "0A000");
            }
        }
        Set<String> given = folded(columns.stream().map(StageColumn::name).toList());
        List<RemoteColumn> staged = pushed.columns().stream()
                .filter(column -> given.contains(column.name().toLowerCase(Locale.ROOT)))
                .toList();
        PushDown pushDown = new UpsertPushDown(table.session().duckdb(), pushed, upsert.knownAs(), staged)
                .update(
                        values,
                        upsert.where(),
                        Stage.TARGET,
                        Stage.ROWS,
                        Tsql.text(stage.joinedBy(key.columns(), key.columns())),
                        table.outcome().output(Action.UPDATE));
        if (pushDown instanceof NotPushed not) {
            throw new SQLFeatureNotSupportedException(
                    "ON CONFLICT DO UPDATE cannot be said in T-SQL: " + not.reason()
                            + "; compute the value in the query, and set it to excluded.…",
                    "0A000");
        }
        return ((Pushed) pushDown).request();
    }

    private long apply(ServerSession server, List<StageColumn> columns, TableKey key, Tsql update) throws SQLException {
        stage.create(server, table.name(), columns);
        stage.load(server, table.session().duckdb(), "SELECT * FROM " + ChangedTable.KEPT);
        stage.index(server, key.columns());
        for (Object[] repeated : stage.repeated(server, key.columns())) {
            throw new SQLException(
                    "ON CONFLICT: several new rows have the key " + Arrays.toString(repeated) + " of " + table.name()
                            + " by the collation of the server; nothing was changed, give one row for each",
                    "21000");
        }
        long changed = update == null ? 0 : table.outcome().change(server, Action.UPDATE, update);
        changed += stage.insertMissing(server, table.name(), columns, key.columns(), table.outcome());
        stage.drop(server);
        return changed;
    }
}
