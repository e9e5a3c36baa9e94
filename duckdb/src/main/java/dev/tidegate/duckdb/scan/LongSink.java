package dev.tidegate.duckdb.scan;

import org.duckdb.DuckDBWritableVector;

/** bit, tinyint, smallint, int and bigint. */
final class LongSink extends VectorSink {
    /** Narrows a value that is known to fit. */
    @FunctionalInterface
    interface Setter {
        void set(DuckDBWritableVector vector, int row, long value);
    }

    private final Setter setter;

    LongSink(String column, Setter setter) {
        super(column);
        this.setter = setter;
    }

    @Override
    public void setLong(int row, long value) {
        setter.set(vector(), row, value);
    }
}
