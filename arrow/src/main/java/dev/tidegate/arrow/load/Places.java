package dev.tidegate.arrow.load;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;

/** Where the values of a vector of text or bytes stand in its data. */
final class Places {
    /** Why there is no value of a negative {@link #length}. */
    static final String BROKEN = "the vector's offsets decrease; whoever made the batch has to mend it";

    private static final int MOST_AT_ONCE = 256 * 1024;

    private byte[] window = new byte[0];
    private ArrowBuf offsets;
    private ArrowBuf data;
    private int width;
    private boolean large;

    void begin(FieldVector vector) {
        data = vector.getDataBuffer();
        width = 0;
        if (vector instanceof FixedSizeBinaryVector fixed) {
            width = fixed.getByteWidth();
        } else if (vector instanceof BaseLargeVariableWidthVector || vector instanceof BaseVariableWidthVector) {
            offsets = vector.getOffsetBuffer();
            large = vector instanceof BaseLargeVariableWidthVector;
        } else {
            throw new IllegalStateException(vector.getClass() + " has no text and no bytes");
        }
    }

    ArrowBuf data() {
        return data;
    }

    long start(int row) {
        return width > 0 ? (long) row * width : offset(row);
    }

    /** In bytes; what an array cannot hold, or is negative ({@link #BROKEN}), is refused by whoever asks. */
    long length(int row) {
        return width > 0 ? width : offset(row + 1) - offset(row);
    }

    /**
     * The values of a run, copied into an array at once.
     *
     * @param starts takes where each begins there, and where the last one ends
     * @return valid until the next call; null if they are too many bytes for that, or the offsets of a vector that comes from elsewhere
     *     decrease: each value is looked at alone then
     */
    byte[] read(int first, int count, int[] starts) {
        long base = start(first);
        long length = start(first + count) - base;
        if (length < 0 || length > MOST_AT_ONCE) {
            return null;
        }
        long before = 0;
        for (int i = 0; i <= count; i++) {
            long start = start(first + i) - base;
            if (start < before) {
                return null;
            }
            starts[i] = (int) start;
            before = start;
        }
        if (window.length < length) {
            window = new byte[(int) Math.min(MOST_AT_ONCE, 2 * length)];
        }
        data.getBytes(base, window, 0, (int) length);
        return window;
    }

    private long offset(int index) {
        return large ? offsets.getLong(8L * index) : offsets.getInt(4L * index);
    }
}
