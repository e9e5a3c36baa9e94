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

    private TdsProtocolException(String message, long position, TdsProtocolException cause) {
        super(message, cause);
        this.position = position;
    }

    /**
     * The same finding, told with its place.
     *
     * @param where what the bytes were read as, put before the message; may be empty
     * @param positionIfUnknown used if the finding has no position of its own
     */
    public TdsProtocolException in(String where, long positionIfUnknown) {
        String prefix = where.isEmpty() ? "" : where + ": ";
        if (position >= 0 || positionIfUnknown < 0) {
            return new TdsProtocolException(prefix + getMessage(), position, this);
        }
        String located = getMessage() + " (at byte " + positionIfUnknown + " of the message)";
        return new TdsProtocolException(prefix + located, positionIfUnknown, this);
    }

    /** Offset within the payload of the message, headers not counted; -1 if unknown. */
    public long position() {
        return position;
    }
}
