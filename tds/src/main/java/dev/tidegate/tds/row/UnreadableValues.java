package dev.tidegate.tds.row;

import dev.tidegate.tds.type.UnreadableValueException;
import java.util.Arrays;

/** Keeps the first value of a row that cannot be handed on, until the row has been read to its end. */
final class UnreadableValues {
    private final ColumnNames names;
    private final ColumnDecoder[] decoders;
    private UnreadableValueException first;

    UnreadableValues(ColumnNames names, ColumnDecoder[] decoders) {
        this.names = names;
        this.decoders = decoders;
    }

    void add(ColumnDecoder decoder, String why, Throwable cause) {
        if (first == null) {
            int column = Arrays.asList(decoders).indexOf(decoder);
            first = new UnreadableValueException(column, names.shown(column) + ": " + why, cause);
        }
    }

    /** The row ended with another error, which goes first. */
    void forget() {
        first = null;
    }

    /** At the end of a row. */
    void raise() throws UnreadableValueException {
        if (first != null) {
            UnreadableValueException raised = first;
            first = null;
            throw raised;
        }
    }
}
