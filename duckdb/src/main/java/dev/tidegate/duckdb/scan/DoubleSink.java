package dev.tidegate.duckdb.scan;

/** real and float. */
final class DoubleSink extends VectorSink {
    private final boolean single;

    DoubleSink(String column, boolean single) {
        super(column);
        this.single = single;
    }

    @Override
    public void setDouble(int row, double value) {
        if (single) {
            vector().setFloat(row, (float) value);
        } else {
            vector().setDouble(row, value);
        }
    }
}
