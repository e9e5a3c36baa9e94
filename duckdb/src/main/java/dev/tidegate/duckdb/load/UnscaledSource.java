package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.NumberRange;
import java.math.BigDecimal;

/** decimal, numeric and money of up to 18 digits, from a BIGINT vector that has them without the point: no object for each number. */
final class UnscaledSource extends ChunkSource {
    /** All numbers of so many digits fit in 64 bits. */
    static final int MOST_DIGITS = 18;

    private final NumberRange range;
    private final int shownScale;
    private final long lowest;
    private final long highest;

    /** @param shownScale of the numbers in DuckDB, at most that of the range; for messages */
    UnscaledSource(String column, NumberRange range, int shownScale) {
        super(column);
        this.range = range;
        this.shownScale = shownScale;
        this.lowest = NumberRange.nearestLong(range.lowest());
        this.highest = NumberRange.nearestLong(range.highest());
    }

    @Override
    public long getDecimalLow(int row) {
        long value = vector().getLong(row);
        if (value < lowest || value > highest) {
            throw misfit(row, BigDecimal.valueOf(value, range.scale()).setScale(shownScale), range.bounds());
        }
        return value;
    }

    @Override
    public long getDecimalHigh(int row) {
        return getDecimalLow(row) >> 63;
    }
}
