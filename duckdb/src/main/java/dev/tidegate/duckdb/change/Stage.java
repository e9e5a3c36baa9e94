package dev.tidegate.duckdb.change;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanTypes;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A temporary table of the server's with what is to become of some rows of a table. Its columns have exactly the types and collations of
 * those of the table that they are for.
 */
public final class Stage {
    /** How T-SQL knows the table that is changed. */
    public static final String TARGET = "t";

    /** How T-SQL knows the temporary one. */
    public static final String ROWS = "s";

    private final String name =
            "#tidegate_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    /** @param of the column of the table that it is for */
    public record StageColumn(String name, Column of) {}

    public void create(ServerSession server, RemoteName table, List<StageColumn> columns) throws SQLException {
        List<String> definitions = new ArrayList<>();
        for (StageColumn column : columns) {
            definitions.add(Identifiers.sqlServer(column.name()) + " " + server.typeOf(table, column.of()) + " NULL");
        }
        server.execute("CREATE TABLE " + name + " (" + String.join(", ", definitions) + ")");
    }

    /** A query's columns, cast to the types by which DuckDB knows those that they are for, as its own statements cast them. */
    public static String cast(String sql, List<StageColumn> columns) {
        List<String> places = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (StageColumn column : columns) {
            String place = "c" + places.size();
            places.add(place);
            values.add("CAST(" + place + " AS " + ScanTypes.of(column.of().type()) + ") AS "
                    + Identifiers.duckdb(column.name()));
        }
        return "SELECT " + String.join(", ", values) + " FROM (" + sql + "\n) AS tidegate_rows("
                + String.join(", ", places) + ")";
    }

    /**
     * Loads rows of DuckDB's, within its transaction.
     *
     * @param sql a query, which reads nothing of this server's, with the names of the columns
     * @throws SQLException 58000 if the server has confirmed another number of rows than were sent
     */
    public void load(ServerSession server, Connection duckdb, String sql) throws SQLException {
        QueryLoad load = QueryLoad.over(duckdb, sql, Binding.NONE, true);
        server.run().enter(server.connection());
        try (BulkLoad bulk = server.connection()
                .bulkLoad(
                        name,
                        BulkLoadOptions.builder()
                                .keepNulls(true)
                                .keepIdentity(true)
                                .build(),
                        server.run().deadline())) {
            long sent = load.run(new BulkLoadTarget(bulk, load.columnNames()), rows -> {});
            long confirmed = bulk.finish();
            if (confirmed != sent) {
                throw new SQLException(
                        "the server confirmed " + confirmed + " of the " + sent + " rows that were sent", "58000");
            }
        } finally {
            server.run().left(server.connection());
        }
    }

    /** {@code #rows AS [s] ON …}: where these columns are equal. */
    public String joinedBy(List<String> targets, List<String> staged) {
        return name + " AS [" + ROWS + "] ON " + equal(targets, TARGET, staged);
    }

    private static String equal(List<String> targets, String target, List<String> staged) {
        StringBuilder condition = new StringBuilder();
        for (int i = 0; i < targets.size(); i++) {
            condition
                    .append(i == 0 ? "" : " AND ")
                    .append(column(target, targets.get(i)))
                    .append(" = ")
                    .append(column(ROWS, staged.get(i)));
        }
        return condition.toString();
    }

    public static String column(String table, String name) {
        return Identifiers.sqlServer(table) + "." + Identifiers.sqlServer(name);
    }

    /** Without an index, each row of the table might be compared with each row here. */
    public void index(ServerSession server, List<String> columns) throws SQLException {
        server.execute("CREATE INDEX [tidegate_key] ON " + name
                + columns.stream().map(Identifiers::sqlServer).collect(Collectors.joining(", ", " (", ")")));
    }

    /** What an UPDATE sets columns to: their values here, or their defaults. */
    public static String assignments(List<StageColumn> values, List<String> defaults) {
        return Stream.concat(
                        values.stream()
                                .map(value ->
                                        Identifiers.sqlServer(value.of().name()) + " = " + column(ROWS, value.name())),
                        defaults.stream().map(column -> Identifiers.sqlServer(column) + " = DEFAULT"))
                .collect(Collectors.joining(", "));
    }

    /** Inserts all rows. */
    public long insert(ServerSession server, RemoteName table, List<StageColumn> columns, Outcome outcome)
            throws SQLException {
        return insert(server, table, columns, "", outcome);
    }

    /** Inserts those rows whose key the table does not have. */
    public long insertMissing(
            ServerSession server, RemoteName table, List<StageColumn> columns, List<String> key, Outcome outcome)
            throws SQLException {
        String missing = " WHERE NOT EXISTS (SELECT 1 FROM " + table.sql() + " AS [" + TARGET
                + "] WITH (UPDLOCK, HOLDLOCK) WHERE " + equal(key, TARGET, key) + ")";
        return insert(server, table, columns, missing, outcome);
    }

    private long insert(
            ServerSession server, RemoteName table, List<StageColumn> columns, String where, Outcome outcome)
            throws SQLException {
        String list = columns.stream()
                .map(column -> Identifiers.sqlServer(column.of().name()))
                .collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + table.sql() + " (" + list + ")" + outcome.output(Action.INSERT) + " SELECT "
                + columns.stream().map(column -> column(ROWS, column.name())).collect(Collectors.joining(", "))
                + " FROM " + name + " AS [" + ROWS + "]" + where;
        return server.insert(
                table,
                columns.stream().anyMatch(column -> column.of().isIdentity()),
                () -> outcome.change(server, Action.INSERT, Tsql.text(insert)));
    }

    /** Keys of which there are several rows, by the server's collations; at most one is told. A NULL is equal to nothing. */
    public List<Object[]> repeated(ServerSession server, List<String> key) throws SQLException {
        String list = key.stream().map(Identifiers::sqlServer).collect(Collectors.joining(", "));
        String known = key.stream()
                .map(column -> Identifiers.sqlServer(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return server.rows("SELECT TOP (1) " + list + " FROM " + name + " WHERE " + known + " GROUP BY " + list
                + " HAVING COUNT(*) > 1");
    }

    /** Once it is not needed any more; a transaction that is rolled back takes it along. */
    public void drop(ServerSession server) throws SQLException {
        server.execute("DROP TABLE " + name);
    }
}
