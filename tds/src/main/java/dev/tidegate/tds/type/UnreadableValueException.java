package dev.tidegate.tds.type;

import java.io.IOException;

/**
 * A value cannot be handed on, though its bytes are in order: it is longer than the limit, nobody here knows its code page, or its bytes
 * are no text in it. The value, or the row that it stands in, has been read to its end, so the connection can go on.
 */
public final class UnreadableValueException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int column;

    /** @param column index, from 0; -1 if the value did not stand in a row */
    public UnreadableValueException(int column, String message, Throwable cause) {
        super(message, cause);
        this.column = column;
    }

    /** Index of the column, from 0; -1 if the value did not stand in a row. */
    public int column() {
        return column;
    }
}
