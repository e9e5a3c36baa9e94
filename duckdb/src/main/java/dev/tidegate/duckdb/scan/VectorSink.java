package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.OneKindSink;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RunSink;
import org.duckdb.DuckDBWritableVector;

/**
 * Writes one column of a result into DuckDB vectors, one vector after the other. A subclass takes the one kind of value that its column
 * has; every other kind is a fault of the decoder. Used by one thread at a time.
 */
abstract class VectorSink extends OneKindSink implements RunSink {
    private DuckDBWritableVector vector;

    VectorSink(String column) {
        super(column);
    }

    /** Turns to the vector of the next chunk. */
    void begin(DuckDBWritableVector next) {
        vector = next;
    }

    /** What the decoder is given to fill this column. */
    ColumnSink entrance() {
        return this;
    }

    /** Called when the chunk has all its rows. */
    void end(int rows) {}

    final DuckDBWritableVector vector() {
        return vector;
    }

    @Override
    public void setNull(int row) {
        vector.setNull(row);
    }
}
