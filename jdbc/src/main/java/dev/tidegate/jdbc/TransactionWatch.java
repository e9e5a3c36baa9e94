package dev.tidegate.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransactionRollbackException;

/**
 * Notices that the server has ended the transaction with an error. The user has been told of the error, but may not know what it meant:
 * without this, the rest of the work would go on in a transaction of its own, and be committed. Under the session's lock.
 */
final class TransactionWatch {
    private boolean begun;
    private SQLException lastError;

    /** A transaction has begun for the user. */
    void begun() {
        begun = true;
        lastError = null;
    }

    /** The user has ended it, or knows that it is over. */
    void ended() {
        begun = false;
        lastError = null;
    }

    /** A request goes out, whose errors are told by {@link #failed}. */
    void requestGoesOut() {
        lastError = null;
    }

    /** A request goes out whose errors do not come by here; of those that succeed none ends a transaction. */
    void unseenRequestGoesOut() {
        lastError = new SQLException("a bulk load has failed");
    }

    void failed(SQLException error) {
        lastError = error;
    }

    /**
     * @param open whether the server says that a transaction is open
     * @throws SQLException if it has ended the user's with an error; a ROLLBACK that was asked for as text, and ran without one, is no such
     *     end
     */
    void check(boolean open) throws SQLException {
        SQLException by = lastError;
        if (!begun || open || by == null) {
            return;
        }
        String text =
                "the server has rolled the transaction back with an error, so that nothing runs and nothing is committed"
                        + " before rollback() is called; the error was: " + by.getMessage();
        throw by instanceof SQLTransactionRollbackException
                ? new SQLTransactionRollbackException(text, by.getSQLState(), by.getErrorCode(), by)
                : new SQLNonTransientException(text, "40000", by.getErrorCode(), by);
    }
}
