package dev.tidegate.jdbc;

import dev.tidegate.client.IsolationLevel;
import java.sql.Connection;
import java.sql.SQLException;

/** JDBC's numbers for isolation levels, and the one that Microsoft's driver has for snapshot isolation. */
final class Isolation {
    /** Snapshot isolation, as {@code SQLServerConnection.TRANSACTION_SNAPSHOT}. */
    static final int SNAPSHOT = 4096;

    private Isolation() {}

    static IsolationLevel of(int level) throws SQLException {
        return switch (level) {
            case Connection.TRANSACTION_READ_UNCOMMITTED -> IsolationLevel.READ_UNCOMMITTED;
            case Connection.TRANSACTION_READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case Connection.TRANSACTION_REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
            case Connection.TRANSACTION_SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
            case SNAPSHOT -> IsolationLevel.SNAPSHOT;
            default ->
                throw Failures.invalid(
                        level + " is no isolation level: one of Connection.TRANSACTION_READ_UNCOMMITTED, "
                                + "READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE, or 4096 for snapshot");
        };
    }
}
