package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueCodec;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;

/**
 * One column's part of an encode plan: a final class for each kind of column. A value that does not fit is a {@link
 * ValueOutOfRangeException}.
 */
abstract class ColumnEncoder {
    final TypeInfo type;
    /** Bytes before a value that tell its length: 0 or 1 for types of bounded numbers, 2 for text and binary. */
    final int prefix;

    ColumnEncoder(TypeInfo type) {
        this.type = type;
        DataType.Layout layout = type.type().layout();
        this.prefix = layout == DataType.Layout.FIXED ? 0 : layout == DataType.Layout.BYTE_LENGTH ? 1 : 2;
    }

    /** Writes the cell of a value that is not NULL. */
    abstract void encode(TdsWriter out, ColumnSource source, int row) throws IOException;

    /** Writes the cell of a Java form; null is NULL. */
    void encode(TdsWriter out, Object value) throws IOException {
        ValueCodec.write(out, type, value);
    }

    final void encodeNull(TdsWriter out) throws IOException {
        encode(out, null);
    }

    /**
     * Makes room for a value and puts its length before it.
     *
     * @return where the value goes in the writer's buffer
     */
    final int begin(TdsWriter out, int length) throws IOException {
        out.ensure(2 + length);
        byte[] buffer = out.buffer();
        int offset = out.offset();
        if (prefix > 0) {
            buffer[offset] = (byte) length;
        }
        if (prefix > 1) {
            buffer[offset + 1] = (byte) (length >>> 8);
        }
        out.advance(prefix + length);
        return offset + prefix;
    }

    final ValueOutOfRangeException outOfRange(long value, long least, long most) {
        return new ValueOutOfRangeException(
                value + " is out of range for " + type.toSql() + ": " + least + " to " + most);
    }
}
