package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import java.util.Set;

/** real and float, from a DOUBLE vector. */
class DoubleSource extends ChunkSource {
    private final boolean single;
    private final boolean nanIsNull;
    private final boolean rounds;

    DoubleSource(String column, boolean single, Set<Loss> allowed) {
        super(column);
        this.single = single;
        this.nanIsNull = allowed.contains(Loss.NAN);
        this.rounds = allowed.contains(Loss.DIGITS);
    }

    @Override
    public boolean isNull(int row) {
        return super.isNull(row) || nanIsNull && !Double.isFinite(value(row));
    }

    @Override
    public double getDouble(int row) {
        double value = value(row);
        if (!Double.isFinite(value)) {
            throw misfit(
                    row, value, "SQL Server has no such float; make it NULL in the query or allow it (--lossy nan)");
        }
        if (!rounds && isRounded(row, value)) {
            throw misfit(row, shown(row), remedy());
        }
        return value;
    }

    final boolean isSingle() {
        return single;
    }

    /** The number as it comes, or the nearest double. */
    double value(int row) {
        return vector().getDouble(row);
    }

    /** Why a value is refused that the target would round, and what to do. */
    String remedy() {
        return "real cannot hold it exactly; cast the column to FLOAT in the query or allow it (--lossy digits)";
    }

    /** For messages. */
    Object shown(int row) {
        return value(row);
    }

    /** True when the target would hold another number than the one that comes. */
    boolean isRounded(int row, double value) {
        return single && (float) value != value;
    }
}
