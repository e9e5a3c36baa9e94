package dev.tidegate.arrow.load;

import dev.tidegate.client.column.OneKindSource;
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
}
