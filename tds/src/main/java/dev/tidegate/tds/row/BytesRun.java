package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TypeInfo;
import java.util.Arrays;

/** Values of any length: the bytes of all rows in one array, one value after the other. */
abstract class BytesRun extends ColumnRun {
    /** Bytes of a run that are gathered value by value; a run of more goes row by row, so that no second copy of large values is held. */
    static final int MOST_GATHERED = 256 * 1024;

    /** Of a value in one chunk ([MS-TDS] 2.2.5.2.3): its length in eight bytes, that of the chunk in four, and the end's in four. */
    private static final int PLP_LENGTH = 8;

    private static final int CHUNK_LENGTH = 4;

    /** Where each value begins in {@link #block}, and where the last one ends. */
    final int[] starts = new int[MOST_ROWS + 1];

    byte[] block = new byte[0];
    /** Bytes that a value may have. */
    final int most;

    private final boolean chunked;
    private final int nullLength;
    private int bytes;

    BytesRun(TypeInfo type) {
        super(type);
        this.chunked = type.isChunked();
        this.most = chunked ? Integer.MAX_VALUE : type.maxLength();
        this.nullLength = chunked ? PLP_LENGTH : prefix;
    }

    /** Whether the column takes what {@link #block} has. */
    final boolean fits(int count) {
        boolean[] nulls = nulls();
        // A length of one byte that is 0 means NULL.
        int least = prefix == 1 ? 1 : 0;
        bytes = 0;
        for (int i = 0; i < count; i++) {
            if (nulls != null && nulls[i]) {
                continue;
            }
            int length = starts[i + 1] - starts[i];
            if (length > most || length < least) {
                return false;
            }
            bytes += length;
        }
        return true;
    }

    @Override
    final int bytes() {
        return bytes;
    }

    /** Makes room in an array that is filled from its start; what it has stays. */
    static byte[] withRoom(byte[] array, int size) {
        return array.length >= size ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }

    @Override
    final int width() {
        return 0;
    }

    @Override
    final void measure(int count, int[] lengths) {
        boolean[] nulls = nulls();
        for (int i = 0; i < count; i++) {
            int length = starts[i + 1] - starts[i];
            lengths[i] += nulls != null && nulls[i] ? nullLength : length + overhead(length);
        }
    }

    private int overhead(int length) {
        return !chunked ? prefix : length == 0 ? PLP_LENGTH + CHUNK_LENGTH : PLP_LENGTH + 2 * CHUNK_LENGTH;
    }

    @Override
    final void write(byte[] target, int[] at, int shift, int from, int to) {
        boolean[] nulls = nulls();
        for (int i = from; i < to; i++) {
            int place = at[i] + shift;
            if (nulls != null && nulls[i]) {
                Arrays.fill(target, place, place + nullLength, (byte) (prefix == 1 ? 0 : -1));
                at[i] += nullLength;
                continue;
            }
            int length = starts[i + 1] - starts[i];
            if (chunked) {
                writeChunked(target, place, starts[i], length);
            } else if (prefix == 2) {
                LittleEndian.putShort(target, place, (short) length);
                copy(block, starts[i], target, place + 2, length);
            } else {
                target[place] = (byte) length;
                copy(block, starts[i], target, place + 1, length);
            }
            at[i] += length + overhead(length);
        }
    }

    private void writeChunked(byte[] target, int at, int start, int length) {
        int place = at;
        LittleEndian.putLong(target, place, length);
        place += PLP_LENGTH;
        if (length > 0) {
            LittleEndian.putInt(target, place, length);
            place += CHUNK_LENGTH;
            copy(block, start, target, place, length);
            place += length;
        }
        LittleEndian.putInt(target, place, 0);
    }

    /** Short values are many: two stores that may overlap take less than a call. */
    private static void copy(byte[] from, int start, byte[] to, int at, int length) {
        if (length > 16) {
            System.arraycopy(from, start, to, at, length);
        } else if (length >= 8) {
            LittleEndian.putLong(to, at, LittleEndian.getLong(from, start));
            LittleEndian.putLong(to, at + length - 8, LittleEndian.getLong(from, start + length - 8));
        } else if (length >= 4) {
            LittleEndian.putInt(to, at, LittleEndian.getInt(from, start));
            LittleEndian.putInt(to, at + length - 4, LittleEndian.getInt(from, start + length - 4));
        } else {
            for (int i = 0; i < length; i++) {
                to[at + i] = from[start + i];
            }
        }
    }

    /** binary, varbinary, and CLR types. */
    static final class Binary extends BytesRun {
        private byte[] gathered = new byte[0];

        Binary(TypeInfo type) {
            super(type);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            block = source.givesBinary()
                    ? source.getBinary(first, count, isNull, starts)
                    : gather(source, first, count, isNull);
            return block != null && fits(count);
        }

        private byte[] gather(RunSource source, int first, int count, boolean[] isNull) {
            int end = 0;
            for (int i = 0; i < count; i++) {
                starts[i] = end;
                if (isNull == null || !isNull[i]) {
                    byte[] bytes = source.getBytes(first + i);
                    if (bytes.length > MOST_GATHERED - end) {
                        return null;
                    }
                    gathered = withRoom(gathered, end + bytes.length);
                    System.arraycopy(bytes, 0, gathered, end, bytes.length);
                    end += bytes.length;
                }
            }
            starts[count] = end;
            return gathered;
        }

        @Override
        int kept() {
            return gathered.length;
        }

        @Override
        void forget() {
            gathered = new byte[0];
            block = gathered;
        }
    }
}
