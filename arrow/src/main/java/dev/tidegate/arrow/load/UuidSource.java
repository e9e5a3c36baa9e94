package dev.tidegate.arrow.load;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;

/** uniqueidentifier, from 16 bytes in the order of its text. */
final class UuidSource extends VectorSource {
    private ArrowBuf values;

    UuidSource(String column) {
        super(column);
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        values = next instanceof ExtensionTypeVector<?> extension
                ? extension.getUnderlyingVector().getDataBuffer()
                : next.getDataBuffer();
    }

    @Override
    public boolean getNulls(int first, int count, boolean[] into) {
        return readNulls(first, count, into);
    }

    @Override
    public long getUuidHigh(int row) {
        return Long.reverseBytes(values.getLong(16L * row));
    }

    @Override
    public long getUuidLow(int row) {
        return Long.reverseBytes(values.getLong(16L * row + Long.BYTES));
    }
}
