package dev.tidegate.arrow.load;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** A column whose values all take the same number of bits, read from the vector's buffer. */
abstract class FixedSource extends VectorSource {
    private ArrowBuf values;
    private byte[] window = new byte[0];

    FixedSource(String column) {
        super(column);
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        values = next.getDataBuffer();
    }

    @Override
    public boolean getNulls(int first, int count, boolean[] into) {
        return readNulls(first, count, into);
    }

    /** Of the present batch. */
    final ArrowBuf values() {
        return values;
    }

    /**
     * The bytes of a run, copied into an array at once: a look into Arrow's memory has its price, a look into an array has none.
     *
     * @param width bytes of a value
     */
    final byte[] window(int first, int count, int width) {
        if (window.length < count * width) {
            window = new byte[count * width];
        }
        values.getBytes((long) first * width, window, 0, count * width);
        return window;
    }

    /** What stands where a value is NULL is any number. */
    static void clearNulls(long[] values, int count, boolean[] nulls) {
        if (nulls != null) {
            for (int i = 0; i < count; i++) {
                values[i] = nulls[i] ? 0 : values[i];
            }
        }
    }
}
