package dev.tidegate.client;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/** One thing of a {@link Response}, in the order in which the server sends them. */
public sealed interface Item {
    /** A result begins: its rows are read with {@link Response#nextRow} or {@link Response#readColumns}. */
    record Rows(List<Column> columns) implements Item {
        public Rows {
            columns = List.copyOf(columns);
        }
    }

    /** A statement that returns no rows has changed {@code count} of them. */
    record UpdateCount(long count) implements Item {}

    /** What a procedure returned ([MS-TDS] RETURNSTATUS). */
    record Status(int value) implements Item {}

    /**
     * An output parameter ([MS-TDS] RETURNVALUE).
     *
     * @param ordinal index of the parameter in its call, from 0
     * @param name with the at-sign; empty if the call gave none
     * @param value in the Java form of {@code dev.tidegate.tds.type.ValueCodec}; null for NULL
     */
    record OutputValue(int ordinal, String name, TypeInfo type, Object value) implements Item {}

    /** One of several calls of a request is done; a request with one call has none of these, it ends with the answer. */
    record CallEnd() implements Item {}
}
