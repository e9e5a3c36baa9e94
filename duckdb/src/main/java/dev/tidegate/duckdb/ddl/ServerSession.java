package dev.tidegate.duckdb.ddl;

import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** A connection to a server on behalf of one statement. Used by one thread. */
public final class ServerSession {
    private final TdsConnection connection;
    private final Run run;

    public ServerSession(TdsConnection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    /** Runs a batch, whose results are of no account. */
    public void execute(String sql) throws SQLException {
        rows(sql);
    }

    /** The rows of a batch's answer, all in memory. */
    public List<Object[]> rows(String sql) throws SQLException {
        return run.rows(connection, sql, List.of());
    }

    /** Runs a statement that changes rows, and says how many. */
    public long change(Tsql statement) throws SQLException {
        List<Object[]> count = run.rows(connection, statement.sql() + "; SELECT @@ROWCOUNT", statement.parameters());
        return number(count.get(0)[0]);
    }

    /** What changes rows. */
    public interface Work {
        /** @return rows changed */
        long run() throws SQLException;
    }

    /** @param given whether the work gives the table's identity column its values */
    public long insert(RemoteName table, boolean given, Work work) throws SQLException {
        if (given) {
            execute("SET IDENTITY_INSERT " + table.sql() + " ON");
        }
        long inserted = work.run();
        if (given) {
            execute("SET IDENTITY_INSERT " + table.sql() + " OFF");
        }
        return inserted;
    }

    public TdsConnection connection() {
        return connection;
    }

    public Run run() {
        return run;
    }

    /** Whether there is a table or view of this name. */
    boolean hasTable(RemoteName table) throws SQLException {
        return !rows("SELECT 1 FROM sys.objects WHERE object_id = " + objectId(table) + " AND type IN ('U', 'V')")
                .isEmpty();
    }

    boolean hasSchema(String schema) throws SQLException {
        return !rows("SELECT 1 FROM sys.schemas WHERE name = " + TableName.literal(schema))
                .isEmpty();
    }

    boolean hasIndex(RemoteName table, String index) throws SQLException {
        return !rows("SELECT 1 FROM sys.indexes WHERE object_id = " + objectId(table) + " AND name = "
                        + TableName.literal(index))
                .isEmpty();
    }

    boolean hasColumn(RemoteName table, String column) throws SQLException {
        return !rows("SELECT 1 FROM sys.columns WHERE object_id = " + objectId(table) + " AND name = "
                        + TableName.literal(column))
                .isEmpty();
    }

    /** Tables of a schema that have an index of this name. */
    List<RemoteName> tablesWithIndex(String schema, String index) throws SQLException {
        return rows("SELECT s.name, o.name FROM sys.indexes i JOIN sys.objects o ON o.object_id = i.object_id"
                        + " JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE i.name = "
                        + TableName.literal(index) + " AND s.name = " + TableName.literal(schema))
                .stream()
                .map(row -> new RemoteName((String) row[0], (String) row[1]))
                .toList();
    }

    /**
     * A column as it is now.
     *
     * @param type as T-SQL writes it
     * @param collation null if it is no text
     */
    record CurrentColumn(String type, boolean nullable, String collation) {}

    /** The type of a column of a table, with its collation, as a definition writes it. */
    public String typeOf(RemoteName table, Column column) throws SQLException {
        String type = column.type().toSql();
        String collation =
                column.type().sqlType().isText() ? column(table, column.name()).collation() : null;
        return collation == null ? type : type + " COLLATE " + collation;
    }

    CurrentColumn column(RemoteName table, String column) throws SQLException {
        List<Object[]> found = rows("SELECT t.name, c.max_length, c.precision, c.scale, c.is_nullable, c.collation_name"
                + " FROM sys.columns c JOIN sys.types t ON t.user_type_id = c.user_type_id WHERE c.object_id = "
                + objectId(table) + " AND c.name = " + TableName.literal(column));
        if (found.isEmpty()) {
            throw new SQLException("table " + table + " has no column \"" + column + "\"", "42703");
        }
        Object[] row = found.get(0);
        return new CurrentColumn(
                type((String) row[0], number(row[1]), number(row[2]), number(row[3])),
                Boolean.TRUE.equals(row[4]),
                (String) row[5]);
    }

    private static String type(String name, int bytes, int precision, int scale) {
        return switch (name) {
            case "char", "varchar", "binary", "varbinary" -> name + "(" + (bytes < 0 ? "max" : bytes) + ")";
            case "nchar", "nvarchar" -> name + "(" + (bytes < 0 ? "max" : bytes / 2) + ")";
            case "decimal", "numeric" -> name + "(" + precision + "," + scale + ")";
            case "time", "datetime2", "datetimeoffset" -> name + "(" + scale + ")";
            default -> name;
        };
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    /** @return null if the column has no default */
    String defaultConstraint(RemoteName table, String column) throws SQLException {
        List<Object[]> found = rows("SELECT d.name FROM sys.default_constraints d JOIN sys.columns c"
                + " ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id WHERE"
                + " d.parent_object_id = " + objectId(table) + " AND c.name = " + TableName.literal(column));
        return found.isEmpty() ? null : (String) found.get(0)[0];
    }

    private static String objectId(RemoteName table) {
        return "OBJECT_ID(" + TableName.literal(table.sql()) + ")";
    }
}
