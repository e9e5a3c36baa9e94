package dev.tidegate.client.staged;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Connector;
import dev.tidegate.client.range.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
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
    private static final int DIGITS = 8;
    private static final Pattern NUMBERED = Pattern.compile(MARK + "[0-9a-f]{" + DIGITS + "}$");

    private final TdsConnection owner;
    private final Connector others;
    private final TableName name;

    private StagingTable(TdsConnection owner, Connector others, TableName name) {
        this.owner = owner;
        this.others = others;
        this.name = name;
    }

    /**
     * Removes what processes that are no more have left beside the table, and takes a name. The table itself is made by {@link #create} or
     * {@link #like}. Whoever has called this calls {@link #drop} in the end, also when the making has failed: that may have come too
     * late for the server.
     *
     * @param owner outside of a transaction; its session owns the table
     * @param others to drop the table by another session, when the owner's has ended
     */
    public static StagingTable beside(TdsConnection owner, Connector others, TableName table) throws SQLException {
        removeAbandoned(owner, table);
        TableName name =
                beside(table, start(table) + UUID.randomUUID().toString().substring(0, DIGITS));
        if (!tryLock(owner, name)) {
            throw new SQLException("somebody else has locked " + resource(name), "58000");
        }
        return new StagingTable(owner, others, name);
    }

    /** @param columns T-SQL definitions */
    public void create(List<String> columns) throws SQLException {
        run(owner, "CREATE TABLE " + name.sql() + " (" + String.join(", ", columns) + ")");
    }

    /** @param columns of the table, unquoted: those that rows come for; they keep their types, and whether they take NULL */
    public void like(TableName table, List<String> columns) throws SQLException {
        run(owner, "SELECT TOP (0) " + list(columns) + " INTO " + name.sql() + " FROM " + table.sql());
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

    /** Removes the table with its rows, if it is there. */
    public void drop() throws SQLException {
        if (owner.isOpen()) {
            run(owner, "DROP TABLE IF EXISTS " + name.sql());
            forget();
            return;
        }
        try (TdsConnection another = others.open()) {
            run(another, "DROP TABLE IF EXISTS " + name.sql());
        }
    }

    private static void removeAbandoned(TdsConnection session, TableName table) throws SQLException {
        String start = start(table);
        String catalog = table.catalog();
        String schema =
                table.parts().size() == 1 ? "" : table.parts().get(table.parts().size() - 2);
        String sql = "SELECT t.name FROM " + catalog + "sys.tables t JOIN " + catalog
                + "sys.schemas s ON s.schema_id = t.schema_id WHERE LEFT(t.name, " + start.length() + ") = "
                + TableName.literal(start) + " AND s.name = "
                + (schema.isEmpty() ? "SCHEMA_NAME()" : TableName.literal(schema));
        for (Object[] found : Rows.of(session, sql)) {
            TableName abandoned = beside(table, (String) found[0]);
            // The server may ignore case and what a name ends with: a user's own table must not look like one of these.
            if (NUMBERED.matcher(last(abandoned)).find() && tryLock(session, abandoned)) {
                run(session, "DROP TABLE IF EXISTS " + abandoned.sql());
                release(session, abandoned);
            }
        }
    }

    private static String start(TableName table) {
        String last = last(table);
        return last.substring(0, Math.min(last.length(), LONGEST_NAME - MARK.length() - DIGITS)) + MARK;
    }

    /** The lock is one of the table's database, whichever the session is in. */
    private static boolean tryLock(TdsConnection session, TableName name) throws SQLException {
        List<Object[]> status = Rows.of(
                session,
                "DECLARE @status int; EXEC @status = " + name.catalog() + "sys.sp_getapplock @Resource = "
                        + TableName.literal(resource(name))
                        + ", @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0; SELECT @status");
        return ((Number) status.get(0)[0]).intValue() >= 0;
    }

    private static void release(TdsConnection session, TableName name) throws SQLException {
        run(
                session,
                "EXEC " + name.catalog() + "sys.sp_releaseapplock @Resource = " + TableName.literal(resource(name))
                        + ", @LockOwner = 'Session'");
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
