package dev.tidegate.duckdb.scan;

/** date, as days since 1970-01-01 in an INTEGER vector: the projection makes it a DATE without an object for each value. */
final class DateSink extends VectorSink {
    DateSink(String column) {
        super(column);
    }

    @Override
    public void setDate(int row, int epochDay) {
        vector().setInt(row, epochDay);
    }
}
