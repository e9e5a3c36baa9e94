package dev.tidegate.client.range;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Lets several sessions begin their snapshots of one table at the same moment of it. SQL Server lends no session the snapshot of another,
 * and each takes its own with its first look at data, not with BEGIN. So one more session locks the table for reading meanwhile: no
 * transaction that has written to it can be open then, and none can begin to write, so that all see the same rows. What others do to
 * other tables is of no account. If the table is changed by DDL or truncated later, the sessions get error 3961 and never other rows.
 */
public final class Together {
    private static final int LOCK_TIMEOUT = 1222;
    private static final long ALLOWED = 1;

    private Together() {}

    /**
     * As the other, where one patience is for both: the lock is waited for as long as the sessions may then take to begin.
     *
     * @throws NoSnapshotException if the database allows no snapshots
     */
    static void begin(List<TdsConnection> sessions, Connector connector, TableName table, Duration patience)
            throws SQLException {
        TdsConnection first = sessions.get(0);
        if (!isAllowed(first, table, Sender.PLAIN)) {
            throw notAllowed(first, table);
        }
        try (TdsConnection gate = connector.open()) {
            begin(sessions, gate, table, patience, patience, RequestOptions.DEFAULTS);
        }
    }

    /**
     * Begins them, in a database that allows it. Nothing is locked any more when this returns; after an error, once the gate is closed.
     *
     * @param sessions have no transaction; have one each afterwards, after an error some may
     * @param gate one more session, without a transaction; its lock time-out is another one afterwards
     * @param patience how long the lock is waited for, while later writers of the table wait behind it; zero: it is had at once, or not at all
     * @param toBegin how long all sessions together may take to begin once it is there: one whose line stands still must not keep the table
     *     locked
     * @param options of what is asked for the lock
     * @throws SQLTimeoutException if the lock or the beginning took too long
     */
    public static void begin(
            List<TdsConnection> sessions,
            TdsConnection gate,
            TableName table,
            Duration patience,
            Duration toBegin,
            RequestOptions options)
            throws SQLException {
        Rows.of(gate, "SET LOCK_TIMEOUT " + patience.toMillis(), options);
        gate.begin(IsolationLevel.READ_COMMITTED, options);
        try {
            // A row is asked for: of none the server would make no look at the table at all, and no lock.
            Rows.of(gate, "SELECT TOP (1) 1 FROM " + table.sql() + " WITH (TABLOCK, HOLDLOCK)", options);
        } catch (SQLException e) {
            throw e.getErrorCode() == LOCK_TIMEOUT ? busy(table, patience, e) : e;
        }
        Deadline held = Deadline.within(toBegin, "time to begin");
        for (TdsConnection session : sessions) {
            session.begin(IsolationLevel.SNAPSHOT, RequestOptions.until(held));
            Rows.of(session, "SELECT TOP (1) 1 FROM " + table.sql(), RequestOptions.until(held));
        }
        gate.rollback();
    }

    /** Whether the table's database allows snapshots. */
    public static boolean isAllowed(TdsConnection session, TableName table, Sender sender) throws SQLException {
        List<Object[]> states = Rows.of(sender.send(
                session,
                "SELECT snapshot_isolation_state FROM sys.databases WHERE name = "
                        + TableName.literal(database(session, table))));
        return states.size() == 1 && ((Number) states.get(0)[0]).longValue() == ALLOWED;
    }

    private static String database(TdsConnection session, TableName table) {
        boolean elsewhere = table.parts().size() == 3 && !table.parts().get(0).isEmpty();
        return elsewhere ? table.parts().get(0) : session.database();
    }

    private static SQLException notAllowed(TdsConnection session, TableName table) {
        String database = TableName.quote(database(session, table));
        return new NoSnapshotException("several connections see the same rows of " + table.sql()
                + " only by snapshot isolation, which database " + database + " does not allow; ALTER DATABASE "
                + database + " SET ALLOW_SNAPSHOT_ISOLATION ON would change that");
    }

    private static SQLException busy(TableName table, Duration patience, SQLException cause) {
        return new SQLTimeoutException(
                "others have been writing to " + table.sql() + " for " + patience.toMillis()
                        + " ms without a pause, so that several connections cannot begin to read it at the same moment",
                cause.getSQLState(),
                cause.getErrorCode(),
                cause);
    }
}
