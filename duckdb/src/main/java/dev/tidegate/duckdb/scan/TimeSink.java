package dev.tidegate.duckdb.scan;

/** time, in microseconds or nanoseconds since midnight in a BIGINT vector. */
final class TimeSink extends VectorSink {
    private final boolean nanoseconds;

    TimeSink(String column, boolean nanoseconds) {
        super(column);
        this.nanoseconds = nanoseconds;
    }

    @Override
    public void setTime(int row, long ticks) {
        // A time with at most 6 digits has no remainder here.
        vector().setLong(row, nanoseconds ? ticks * 100 : ticks / 10);
    }
}
