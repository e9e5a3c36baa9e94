package dev.tidegate.duckdb.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/** decimal, numeric, money and the integer types, from a DECIMAL, HUGEINT or UHUGEINT vector. */
final class NumberSource extends ChunkSource {
    private final int scale;
    private final BigInteger lowest;
    private final BigInteger highest;
    private final String target;
    private int currentRow = -1;
    private BigInteger current;

    /**
     * @param scale of the target; a value with more digits after the point is refused
     * @param lowest unscaled
     * @param highest unscaled
     */
    NumberSource(String column, int scale, BigInteger lowest, BigInteger highest, String target) {
        super(column);
        this.scale = scale;
        this.lowest = lowest;
        this.highest = highest;
        this.target = target;
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public long getLong(int row) {
        return unscaled(row).longValue();
    }

    @Override
    public long getDecimalLow(int row) {
        return unscaled(row).longValue();
    }

    @Override
    public long getDecimalHigh(int row) {
        return unscaled(row).shiftRight(64).longValue();
    }

    /** The encoder asks for both halves of a row: the number is read once. */
    private BigInteger unscaled(int row) {
        if (row != currentRow) {
            current = read(row);
            currentRow = row;
        }
        return current;
    }

    private BigInteger read(int row) {
        BigDecimal value = vector().getType() == DuckDBColumnType.DECIMAL
                ? vector().getBigDecimal(row)
                : new BigDecimal(
                        vector().getType() == DuckDBColumnType.UHUGEINT
                                ? vector().getUHugeInt(row)
                                : vector().getHugeInt(row));
        BigInteger unscaled;
        try {
            unscaled = value.setScale(scale).unscaledValue();
        } catch (ArithmeticException e) {
            throw misfit(
                    row, value, target + " has room for " + scale + " digits after the point; round it in the query");
        }
        if (unscaled.compareTo(lowest) < 0 || unscaled.compareTo(highest) > 0) {
            throw misfit(
                    row,
                    value,
                    target + " holds " + new BigDecimal(lowest, scale) + " to " + new BigDecimal(highest, scale));
        }
        return unscaled;
    }
}
