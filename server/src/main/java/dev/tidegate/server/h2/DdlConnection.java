package dev.tidegate.server.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs statements that define objects. H2 commits the transaction of the connection that they run on, so inside of a transaction they
 * run on a connection of their own: the transaction stays whole, but what they do is not undone with it.
 */
final class DdlConnection {
    /** The lock may be this very session's, which cannot let go of it while it waits: so there is an end, whatever LOCK_TIMEOUT says. */
    private static final long OWN_LOCK_MILLIS = 3_000;

    private final SessionCore core;

    DdlConnection(SessionCore core) {
        this.core = core;
    }

    /** @param temporary the object belongs to the session's own connection, and H2 leaves the transaction alone */
    void execute(String sql, boolean temporary) throws SQLException {
        if (temporary || !core.transactions.isOpen()) {
            run(core.connection, sql, core.settings.lockTimeout);
            return;
        }
        try (Connection own = core.database.connect()) {
            run(own, sql, core.settings.lockTimeout < 0 ? OWN_LOCK_MILLIS : core.settings.lockTimeout);
        }
    }

    private void run(Connection connection, String sql, long patienceMillis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            core.cancellation.running(statement);
            LockPatience.run(core, patienceMillis, () -> statement.execute(sql));
        } finally {
            core.cancellation.running(null);
        }
    }
}
