package dev.tidegate.client.error;

import java.sql.SQLRecoverableException;

/**
 * The connection was cut in an open transaction. What was not committed by then is rolled back by the server. So that nobody takes what
 * comes next for a part of the lost transaction, everything but rollback and close is refused with this exception, until a rollback says
 * that its user has taken note. SQLState 08S01.
 */
public final class TransactionLostException extends SQLRecoverableException {
    private static final long serialVersionUID = 1L;

    public TransactionLostException(String reason, ErrorContext context, Throwable cause) {
        super(
                "the connection is broken: " + reason + "; it was in a transaction, of which the server rolls back what"
                        + " was not committed: call rollback() before anything else (" + context + ")",
                SqlStates.LINK_BROKEN,
                cause);
    }
}
