package dev.tidegate.client.staged;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A heap beside a table, where rows wait until all of them are there. It is committed, so that other sessions can load into it, and has a
 * name that nobody takes for the table's. As long as its owner's session lives, that holds an application lock of the same name: so the next
 * load into the same table knows of a process that has died, and removes what it left.
 *
 * <p>Used by one thread, with a connection of its own.
 */
public final class StagingTable {
    private static final String MARK = "__tidegate_";
    private static final int LONGEST_NAME = 128;

    private final TdsConnection owner;
    private final TableName name;

    private StagingTable(TdsConnection owner, TableName name) {
        this.owner = owner;
        this.name = name;
    }

    /**
     * @param owner outside of a transaction; its session owns the table
     * @param columns T-SQL definitions
     */
    public static StagingTable create(TdsConnection owner, TableName table, List<String> columns) throws SQLException {
        return begin(owner, table, name -> "CREATE TABLE " + name + " (" + String.join(", ", columns) + ")");
    }

    /** @param columns of the table, unquoted: those that rows come for; they keep their types, and whether they take NULL */
    public static StagingTable like(TdsConnection owner, TableName table, List<String> columns) throws SQLException {
        return begin(
                owner, table, name -> "SELECT TOP (0) " + list(columns) + " INTO " + name + " FROM " + table.sql());
    }

    /** The statement that makes a table of the given name. */
    private interface Making {
        String sql(String name);
    }

    private static StagingTable begin(TdsConnection owner, TableName table, Making making) throws SQLException {
        removeAbandoned(owner, table);
        String last = last(table);
        String mark = MARK + UUID.randomUUID().toString().substring(0, 8);
        TableName name = beside(table, last.substring(0, Math.min(last.length(), LONGEST_NAME - mark.length())) + mark);
        lock(owner, name);
        run(owner, making.sql(name.sql()));
        return new StagingTable(owner, name);
    }

    public TableName name() {
        return name;
    }

    /** The statement that copies the rows into columns of the same names of a table. */
    public String insertInto(TableName table, List<String> columns, boolean tableLock) {
        return "INSERT INTO " + table.sql() + (tableLock ? " WITH (TABLOCK)" : "") + " (" + list(columns) + ") SELECT "
                + list(columns) + " FROM " + name.sql();
    }

    /** The table is gone, or has got another name: nothing is owned any more. */
    public void forget() throws SQLException {
        release(owner, name);
    }

    /** Removes the table with its rows, if it is still there. */
    public void drop() throws SQLException {
        run(owner, "DROP TABLE IF EXISTS " + name.sql());
        forget();
    }

    /** As {@link #drop}, by another session, when the owner's has ended. */
    public void dropBy(TdsConnection another) throws SQLException {
        run(another, "DROP TABLE IF EXISTS " + name.sql());
    }

    private static void removeAbandoned(TdsConnection session, TableName table) throws SQLException {
        String last = last(table);
        String start = last.substring(0, Math.min(last.length(), LONGEST_NAME - MARK.length() - 8)) + MARK;
        String catalog = table.parts().size() == 3 && !table.parts().get(0).isEmpty()
                ? TableName.quote(table.parts().get(0)) + "."
                : "";
        String schema =
                table.parts().size() == 1 ? "" : table.parts().get(table.parts().size() - 2);
        String sql = "SELECT t.name FROM " + catalog + "sys.tables t JOIN " + catalog
                + "sys.schemas s ON s.schema_id = t.schema_id WHERE LEFT(t.name, " + start.length() + ") = "
                + TableName.literal(start) + " AND LEN(t.name) = " + (start.length() + 8) + " AND s.name = "
                + (schema.isEmpty() ? "SCHEMA_NAME()" : TableName.literal(schema));
        for (Object[] found : Rows.of(session, sql)) {
            TableName abandoned = beside(table, (String) found[0]);
            if (tryLock(session, abandoned)) {
                run(session, "DROP TABLE IF EXISTS " + abandoned.sql());
                release(session, abandoned);
            }
        }
    }

    private static void lock(TdsConnection session, TableName name) throws SQLException {
        if (!tryLock(session, name)) {
            throw new SQLException("somebody else has locked " + resource(name), "58000");
        }
    }

    private static boolean tryLock(TdsConnection session, TableName name) throws SQLException {
        List<Object[]> status = Rows.of(
                session,
                "DECLARE @status int; EXEC @status = sp_getapplock @Resource = " + TableName.literal(resource(name))
                        + ", @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0; SELECT @status");
        return ((Number) status.get(0)[0]).intValue() >= 0;
    }

    private static void release(TdsConnection session, TableName name) throws SQLException {
        run(
                session,
                "EXEC sp_releaseapplock @Resource = " + TableName.literal(resource(name)) + ", @LockOwner = 'Session'");
    }

    private static String resource(TableName name) {
        return "tidegate " + last(name);
    }

    private static String last(TableName table) {
        return table.parts().get(table.parts().size() - 1);
    }

    private static TableName beside(TableName table, String name) {
        List<String> parts =
                new ArrayList<>(table.parts().subList(0, table.parts().size() - 1));
        parts.add(name);
        return new TableName(parts);
    }

    private static String list(List<String> columns) {
        return columns.stream().map(TableName::quote).collect(Collectors.joining(", "));
    }

    private static void run(TdsConnection session, String sql) throws SQLException {
        try (Response response = session.execute(sql, RequestOptions.DEFAULTS)) {
            response.finish();
        }
    }
}
