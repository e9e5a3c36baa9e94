package dev.tidegate.server.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs statements that define objects. H2 commits the transaction of the connection that they run on, so inside of a transaction they
 * run on a connection of their own: the transaction stays whole, but what they do is not undone with it.
 */
final class DdlConnection {
    private final SessionCore core;

    DdlConnection(SessionCore core) {
        this.core = core;
    }

    /** @param temporary the object belongs to the session's own connection, and H2 leaves the transaction alone */
    void execute(String sql, boolean temporary) throws SQLException {
        if (temporary || !core.transactions.isOpen()) {
            run(core.connection, sql);
            return;
        }
        try (Connection own = core.database.connect()) {
            run(own, sql);
        }
    }

    private void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            core.cancellation.running(statement);
            LockPatience.run(core, () -> statement.execute(sql));
        } finally {
            core.cancellation.running(null);
        }
    }
}
