package dev.tidegate.client.error;

import java.sql.SQLRecoverableException;

/**
 * The connection was cut while nothing ran on it, and its session could not be taken up on another one. Nothing of the request that met
 * this has been sent. {@link #reason} says why; the connection is of no use any more. SQLState 08S01.
 */
public final class NotReconnectedException extends SQLRecoverableException {
    private static final long serialVersionUID = 1L;

    /** Why a session is not taken up again. */
    public enum Reason {
        /** {@code connectRetryCount} is 0. */
        SWITCHED_OFF("connectRetryCount is 0"),
        /** The server does not recover sessions. */
        NOT_ACKNOWLEDGED("the server has not acknowledged session recovery at login"),
        /** The session had something that only it can have: temporary tables, application locks, cursors. */
        STATE_NOT_RECOVERABLE(
                "the session had something that cannot be recovered, such as a temporary table, an application lock or"
                        + " a cursor"),
        /** All attempts have failed, or the server has refused to recover the session; see the cause. */
        ATTEMPT_FAILED("the attempt to reconnect has failed"),
        /** There is a server, but the session on it would not be the same; see the cause. */
        OTHER_SESSION("the session would not be the same");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    /** @param cause null if nothing was attempted */
    public NotReconnectedException(Reason reason, ErrorContext context, Exception cause) {
        super(
                "the connection is broken: it was cut while nothing ran on it, and not made anew, because "
                        + reason.text + (cause == null ? "" : ": " + cause.getMessage()) + " (" + context + ")",
                SqlStates.LINK_BROKEN,
                cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
