package dev.tidegate.client.transport;

import java.io.IOException;

/** A {@link Patience} is at its end; the message names the setting. */
public final class DeadlineException extends IOException {
    private static final long serialVersionUID = 1L;

    public DeadlineException(String message) {
        super(message);
    }
}
