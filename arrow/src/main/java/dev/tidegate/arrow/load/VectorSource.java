package dev.tidegate.arrow.load;

import dev.tidegate.client.column.OneKindSource;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** Gives one column of record batches to the encoder, one batch after the other. Used by one thread at a time. */
abstract class VectorSource extends OneKindSource {
    private FieldVector vector;
    private boolean hasNulls;

    VectorSource(String column) {
        super(column);
    }

    /** Turns to the vector of the next batch. */
    void begin(FieldVector next) {
        vector = next;
        hasNulls = next.getNullCount() > 0;
    }

    final FieldVector vector() {
        return vector;
    }

    @Override
    public boolean isNull(int row) {
        return hasNulls && vector.isNull(row);
    }

    /** Those of the vector; for sources that add none of their own. */
    final boolean readNulls(int first, int count, boolean[] into) {
        if (!hasNulls) {
            return false;
        }
        ArrowBuf validity = vector.getValidityBuffer();
        boolean any = false;
        for (int i = 0; i < count; i++) {
            int row = first + i;
            into[i] = (validity.getByte(row >> 3) >> (row & 7) & 1) == 0;
            any |= into[i];
        }
        return any;
    }
}
