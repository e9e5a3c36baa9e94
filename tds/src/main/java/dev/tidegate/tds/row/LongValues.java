package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.ChunkedValue;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/**
 * How long values stand in a row: (max) types, xml, json and CLR types in chunks; text, ntext and image behind a text pointer and a
 * time stamp ([MS-TDS] 2.2.7.20).
 */
final class LongValues {
    /** Length of the text pointer that is written; nobody reads its bytes. */
    static final int POINTER_LENGTH = 16;

    static final int TIMESTAMP_LENGTH = 8;

    private static final int TERMINATOR_LENGTH = 4;

    private LongValues() {}

    /** Whether a column's values are long ones. */
    static boolean isLong(TypeInfo type) {
        return type.isChunked() || hasTextPointer(type);
    }

    static boolean hasTextPointer(TypeInfo type) {
        return type.type() == DataType.TEXT || type.type() == DataType.NTEXT || type.type() == DataType.IMAGE;
    }

    /** Begins the value on which the reader stands; false if it is NULL. */
    static boolean begin(TdsReader in, TypeInfo type, ChunkedValue value) throws IOException {
        if (type.isChunked()) {
            return value.begin(in);
        }
        int pointer = in.readUnsignedByte();
        if (pointer == 0) {
            return false;
        }
        in.skip((long) pointer + TIMESTAMP_LENGTH);
        int length = in.readInt();
        if (length < 0 || length > type.maxLength()) {
            throw new TdsProtocolException(
                    "a value of " + type.toSql() + " claims " + length + " bytes; it can have at most "
                            + type.maxLength(),
                    in.position() - 4);
        }
        value.begin(in, length);
        return true;
    }

    /**
     * Looks whether the value {@code at} bytes after the reader's offset can be used as it stands: NULL, or short and in one piece.
     * Nothing is consumed.
     *
     * @param most longest value in bytes that is used as it stands
     * @param into start and length (-1: NULL) of the value, and the end of its cell, are put here
     * @return false if the value must be read by {@link #begin}
     */
    static boolean locate(TdsReader in, TypeInfo type, int at, int most, int[] into) throws IOException {
        return type.isChunked() ? locateChunked(in, at, most, into) : locateText(in, type, at, most, into);
    }

    private static boolean locateChunked(TdsReader in, int at, int most, int[] into) throws IOException {
        in.require(at + 8);
        long total = LittleEndian.getLong(in.buffer(), in.offset() + at);
        if (total == -1) {
            return put(into, at + 8, -1, at + 8);
        }
        if (total < 0 || total > most) {
            return false;
        }
        in.require(at + 12);
        int chunk = LittleEndian.getInt(in.buffer(), in.offset() + at + 8);
        if (chunk != total) {
            return false;
        }
        if (chunk == 0) {
            return put(into, at + 12, 0, at + 12);
        }
        int end = at + 12 + chunk;
        in.require(end + TERMINATOR_LENGTH);
        return LittleEndian.getInt(in.buffer(), in.offset() + end) == 0
                && put(into, at + 12, chunk, end + TERMINATOR_LENGTH);
    }

    private static boolean locateText(TdsReader in, TypeInfo type, int at, int most, int[] into) throws IOException {
        in.require(at + 1);
        int pointer = in.buffer()[in.offset() + at] & 0xFF;
        if (pointer == 0) {
            return put(into, at + 1, -1, at + 1);
        }
        int start = at + 1 + pointer + TIMESTAMP_LENGTH + 4;
        in.require(start);
        int length = LittleEndian.getInt(in.buffer(), in.offset() + start - 4);
        if (length < 0 || length > most || length > type.maxLength()) {
            return false;
        }
        in.require(start + length);
        return put(into, start, length, start + length);
    }

    private static boolean put(int[] into, int start, int length, int end) {
        into[0] = start;
        into[1] = length;
        into[2] = end;
        return true;
    }
}
