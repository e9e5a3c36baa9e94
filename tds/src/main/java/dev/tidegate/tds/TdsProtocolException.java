package dev.tidegate.tds;

import java.io.IOException;

/**
 * The peer sent bytes that are not TDS, or not what its own earlier bytes promised. The connection they came from has lost its place
 * in the stream and can only be closed.
 */
public final class TdsProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long position;

    /**
     * @param message what was wrong, with the offending value
     * @param position offset within the payload of the message, headers not counted; -1 if unknown
     */
    public TdsProtocolException(String message, long position) {
        super(position < 0 ? message : message + " (at byte " + position + " of the message)");
        this.position = position;
    }

    public long position() {
        return position;
    }
}
