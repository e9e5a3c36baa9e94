package dev.tidegate.duckdb.load;

/** real and float, from a DOUBLE vector. */
final class DoubleSource extends ChunkSource {
    private final boolean single;
    private final boolean nanIsNull;

    DoubleSource(String column, boolean single, boolean nanIsNull) {
        super(column);
        this.single = single;
        this.nanIsNull = nanIsNull;
    }

    @Override
    public boolean isNull(int row) {
        return super.isNull(row) || nanIsNull && !Double.isFinite(vector().getDouble(row));
    }

    @Override
    public double getDouble(int row) {
        double value = vector().getDouble(row);
        if (!Double.isFinite(value)) {
            throw misfit(
                    row, value, "SQL Server has no such float; make it NULL in the query or allow it (--lossy nan)");
        }
        if (single && (float) value != value) {
            throw misfit(row, value, "real cannot hold it exactly; cast the column to FLOAT in the query");
        }
        return value;
    }
}
