package dev.tidegate.arrow.adbc;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;

/** Several requests that take effect together: in the caller's transaction, or in one of their own. */
final class Together {
    private Together() {}

    /** What is run; a failure of it ends a transaction of its own by a rollback, and leaves the caller's to the caller. */
    @FunctionalInterface
    interface Requests {
        long run() throws SQLException;
    }

    static long run(TdsConnection connection, Requests requests) throws SQLException {
        if (connection.inTransaction()) {
            return requests.run();
        }
        connection.begin(IsolationLevel.CURRENT);
        long result;
        try {
            result = requests.run();
        } catch (SQLException | RuntimeException | Error e) {
            undo(connection, e);
            throw e;
        }
        connection.commit();
        return result;
    }

    private static void undo(TdsConnection connection, Throwable because) {
        try {
            // The server may have done it by itself.
            if (connection.inTransaction() || connection.hasLostTransaction()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }
}
