package dev.tidegate.client;

import java.io.IOException;

/** A server has answered a request that carried a reset as if it had not: the session may not be clean. */
final class UnacknowledgedResetException extends IOException {
    private static final long serialVersionUID = 1L;

    UnacknowledgedResetException() {
        super(
                "the server did not acknowledge the reset of the session (RESETCONNECTION), so that what was left in it may"
                        + " still be there; the connection cannot be used any more, open another");
    }
}
