package dev.tidegate.tds.row;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One column's part of a decode plan. There is a final class for each kind of column, so that the loop over a row makes one virtual
 * call a cell and nothing else.
 */
abstract class ColumnDecoder {
    final TypeInfo type;

    /** Longest cell in bytes: if as many are available, {@link #decode} can be called without {@link #fetch}. */
    final int maxCell;

    ColumnDecoder(TypeInfo type, int maxCell) {
        this.type = type;
        this.maxCell = maxCell;
    }

    /**
     * Makes the cell on which the reader stands available; moves the reader's buffer.
     *
     * @param wanted false if it will be skipped
     */
    abstract void fetch(TdsReader in, boolean wanted) throws IOException;

    /**
     * Gives the value of the cell at {@code offset} to the sink.
     *
     * @return where the next cell begins
     */
    abstract int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException;

    /** Where the cell after the one at {@code offset} begins. */
    abstract int skip(byte[] bytes, int offset) throws IOException;

    /** Reads the cell on which the reader stands, in its Java form. */
    abstract Object read(TdsReader in) throws IOException;

    /** How the cells stand in a row, for whoever looks for those of many rows at once. */
    RowLocator.Form form() {
        return RowLocator.Form.OTHER;
    }

    /** Longest value in bytes, of a {@link #form} that is known. */
    int maxContent() {
        return 0;
    }

    /**
     * Reads numbers, dates and times of a run, whose places are known, into its arrays; of a {@link #form} that is known.
     *
     * @throws TdsProtocolException if one of the values is none of the type
     */
    void fill(ValueRun run) throws TdsProtocolException {}

    /**
     * Puts the values of a run one behind the other, as {@link RunSink#memory} has them, with anything in the place of NULL.
     *
     * @param at where the first one goes
     * @throws TdsProtocolException if one of the values is none of the type
     */
    void put(ValueRun run, ByteBuffer target, int at) throws TdsProtocolException {
        throw new IllegalStateException(type.toSql() + " is not put into memory");
    }

    /** Gives the values of a run to the sink, after {@link #fill}; of a {@link #form} that is known. */
    void give(ValueRun run, RunSink sink) {
        throw new IllegalStateException(type.toSql() + " is not decoded in runs");
    }
}
