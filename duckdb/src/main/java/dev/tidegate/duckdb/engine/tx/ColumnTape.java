package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.type.TypeInfo;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a column was told, value by value, to be told to another one. Its pieces are dropped as they are read. */
final class ColumnTape implements ColumnSink {
    private static final int FIRST_PIECE = 256;
    private static final int LARGEST_PIECE = 1 << 16;

    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte DECIMAL = 3;
    private static final byte DATE = 4;
    private static final byte TIME = 5;
    private static final byte TIMESTAMP = 6;
    private static final byte TIMESTAMP_OFFSET = 7;
    private static final byte UUID = 8;
    private static final byte UTF16 = 9;
    private static final byte TEXT = 10;
    private static final byte BYTES = 11;
    /** The value of its row follows. */
    private static final byte VARIANT = 12;

    private final RowTape tape;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int end;
    private int at;
    /** Few in a column; a value knows its own by index. */
    private final List<Charset> charsets = new ArrayList<>();

    private final List<TypeInfo> types = new ArrayList<>();

    ColumnTape(RowTape tape) {
        this.tape = tape;
    }

    /** Tells the next rows, from row 0 on. */
    void play(ColumnSink sink, int rows) {
        for (int row = 0; row < rows; row++) {
            byte kind = (byte) take(1);
            if (kind == VARIANT) {
                sink.setVariantType(row, types.get((int) take(4)));
                kind = (byte) take(1);
            }
            play(sink, row, kind);
        }
    }

    private void play(ColumnSink sink, int row, byte kind) {
        switch (kind) {
            case NULL -> sink.setNull(row);
            case LONG -> sink.setLong(row, take(8));
            case DOUBLE -> sink.setDouble(row, Double.longBitsToDouble(take(8)));
            case DECIMAL -> sink.setDecimal(row, take(8), take(8));
            case DATE -> sink.setDate(row, (int) take(4));
            case TIME -> sink.setTime(row, take(8));
            case TIMESTAMP -> sink.setTimestamp(row, (int) take(4), take(8));
            case TIMESTAMP_OFFSET -> sink.setTimestampOffset(row, (int) take(4), take(8), (int) take(4));
            case UUID -> sink.setUuid(row, take(8), take(8));
            case UTF16 -> {
                byte[] bytes = takeBytes();
                sink.setUtf16(row, bytes, 0, bytes.length);
            }
            case TEXT -> {
                Charset charset = charsets.get((int) take(4));
                byte[] bytes = takeBytes();
                sink.setText(row, bytes, 0, bytes.length, charset);
            }
            case BYTES -> {
                byte[] bytes = takeBytes();
                sink.setBytes(row, bytes, 0, bytes.length);
            }
            default -> throw new IllegalStateException("no value begins with " + kind);
        }
    }

    @Override
    public void setNull(int row) {
        put(NULL, 1);
    }

    @Override
    public void setVariantType(int row, TypeInfo type) {
        put(VARIANT, 1);
        put(indexOf(types, type), 4);
    }

    @Override
    public void setLong(int row, long value) {
        put(LONG, 1);
        put(value, 8);
    }

    @Override
    public void setDouble(int row, double value) {
        put(DOUBLE, 1);
        put(Double.doubleToRawLongBits(value), 8);
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        put(DECIMAL, 1);
        put(high, 8);
        put(low, 8);
    }

    @Override
    public void setDate(int row, int epochDay) {
        put(DATE, 1);
        put(epochDay, 4);
    }

    @Override
    public void setTime(int row, long ticks) {
        put(TIME, 1);
        put(ticks, 8);
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        put(TIMESTAMP, 1);
        put(epochDay, 4);
        put(ticks, 8);
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        put(TIMESTAMP_OFFSET, 1);
        put(utcEpochDay, 4);
        put(utcTicks, 8);
        put(offsetMinutes, 4);
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        put(UUID, 1);
        put(mostSignificant, 8);
        put(leastSignificant, 8);
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        put(UTF16, 1);
        put(bytes, offset, length);
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        put(TEXT, 1);
        put(indexOf(charsets, charset), 4);
        put(bytes, offset, length);
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        put(BYTES, 1);
        put(bytes, offset, length);
    }

    private static <T> int indexOf(List<T> all, T one) {
        int index = all.lastIndexOf(one);
        if (index < 0) {
            all.add(one);
            return all.size() - 1;
        }
        return index;
    }

    private void put(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (pieces.isEmpty() || end == pieces.getLast().length) {
                addPiece();
            }
            pieces.getLast()[end++] = (byte) (value >> 8 * i);
        }
    }

    private void put(byte[] bytes, int offset, int length) {
        put(length, 4);
        int done = 0;
        while (done < length) {
            if (end == pieces.getLast().length) {
                addPiece();
            }
            int part = Math.min(length - done, pieces.getLast().length - end);
            System.arraycopy(bytes, offset + done, pieces.getLast(), end, part);
            end += part;
            done += part;
        }
    }

    /** Small at first: many columns of few rows are kept, too. */
    private void addPiece() {
        int size = pieces.isEmpty() ? FIRST_PIECE : Math.min(LARGEST_PIECE, 2 * pieces.getLast().length);
        tape.grow(size);
        pieces.addLast(new byte[size]);
        end = 0;
    }

    /** With its sign. */
    private long take(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            turn();
            value |= (pieces.getFirst()[at++] & 0xFFL) << 8 * i;
        }
        int unused = 64 - 8 * bytes;
        return value << unused >> unused;
    }

    private byte[] takeBytes() {
        byte[] bytes = new byte[(int) take(4)];
        int done = 0;
        while (done < bytes.length) {
            turn();
            int part = Math.min(bytes.length - done, pieces.getFirst().length - at);
            System.arraycopy(pieces.getFirst(), at, bytes, done, part);
            at += part;
            done += part;
        }
        return bytes;
    }

    private void turn() {
        if (at == pieces.getFirst().length) {
            pieces.removeFirst();
            at = 0;
        }
    }
}
