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
final class Together {
    private static final int LOCK_TIMEOUT = 1222;
    private static final long ALLOWED = 1;

    private Together() {}

    /**
     * @param sessions have no transaction; have one each afterwards
     * @param patience how long the lock is waited for, while later writers of the table wait behind it; and how long all sessions
     *     together may take to begin once it is there: one whose line stands still must not keep the table locked
     */
    static void begin(List<TdsConnection> sessions, Connector connector, TableName table, Duration patience)
            throws SQLException {
        checkAllowed(sessions.get(0), table);
        try (TdsConnection gate = connector.open()) {
            Rows.of(gate, "SET LOCK_TIMEOUT " + patience.toMillis());
            gate.begin(IsolationLevel.READ_COMMITTED);
            try {
                // A row is asked for: of none the server would make no look at the table at all, and no lock.
                Rows.of(gate, "SELECT TOP (1) 1 FROM " + table.sql() + " WITH (TABLOCK, HOLDLOCK)");
            } catch (SQLException e) {
                throw e.getErrorCode() == LOCK_TIMEOUT ? busy(table, patience, e) : e;
            }
            Deadline held = Deadline.within(patience, "time to begin");
            for (TdsConnection session : sessions) {
                session.begin(IsolationLevel.SNAPSHOT, RequestOptions.until(held));
                Rows.of(session, "SELECT TOP (1) 1 FROM " + table.sql(), RequestOptions.until(held));
            }
            gate.rollback();
        }
    }

    private static void checkAllowed(TdsConnection session, TableName table) throws SQLException {
        boolean elsewhere = table.parts().size() == 3 && !table.parts().get(0).isEmpty();
        String database = elsewhere ? table.parts().get(0) : session.database();
        List<Object[]> states = Rows.of(
                session,
                "SELECT snapshot_isolation_state FROM sys.databases WHERE name = " + TableName.literal(database));
        if (states.size() == 1 && ((Number) states.get(0)[0]).longValue() == ALLOWED) {
            return;
        }
        throw new NoSnapshotException("several connections see the same rows of " + table.sql()
                + " only by snapshot isolation, which database "
                + TableName.quote(database) + " does not allow; ALTER DATABASE "
                + TableName.quote(database) + " SET ALLOW_SNAPSHOT_ISOLATION ON would change that");
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
