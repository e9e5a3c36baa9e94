package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.OneKindSource;
import org.duckdb.DuckDBReadableVector;

/**
 * Gives one column of a DuckDB chunk to the encoder. A subclass checks that the target can hold each value. Used by one thread at a time.
 */
abstract class ChunkSource extends OneKindSource {
    private DuckDBReadableVector vector;

    ChunkSource(String column) {
        super(column);
    }

    /** Turns to the vector of the next chunk. */
    void begin(DuckDBReadableVector next) {
        vector = next;
    }

    final DuckDBReadableVector vector() {
        return vector;
    }

    /** The text of a row, for sources that read texts. */
    final String text(int row) {
        return vector.getString(row);
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }
}
