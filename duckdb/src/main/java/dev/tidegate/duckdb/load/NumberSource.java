package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.NumberRange;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.duckdb.DuckDBReadableVector;

/** decimal, numeric, money and the integer types, from a DECIMAL, HUGEINT or UHUGEINT vector. */
class NumberSource extends ChunkSource {
    private final NumberRange range;
    private final boolean rounds;
    private int currentRow = -1;
    private BigInteger current;

    /** @param rounds true when digits after the point that the target has no room for may be lost */
    NumberSource(String column, NumberRange range, boolean rounds) {
        super(column);
        this.range = range;
        this.rounds = rounds;
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

    /** The number as it comes; its scale is any. */
    BigDecimal value(int row) {
        DuckDBReadableVector vector = vector();
        return switch (vector.getType()) {
            case DECIMAL -> vector.getBigDecimal(row);
            case UHUGEINT -> new BigDecimal(vector.getUHugeInt(row));
            default -> new BigDecimal(vector.getHugeInt(row));
        };
    }

    private BigInteger read(int row) {
        BigDecimal value = value(row);
        BigInteger unscaled;
        try {
            unscaled = range.unscaled(value, rounds);
        } catch (ArithmeticException e) {
            throw misfit(row, value, range.room() + "; round it in the query or allow it (--lossy digits)");
        }
        if (!range.contains(unscaled)) {
            throw misfit(row, value, range.bounds());
        }
        return unscaled;
    }
}
