package dev.tidegate.arrow.load;

import dev.tidegate.client.column.NumberRange;
import java.math.BigInteger;

/** bit, tinyint, smallint, int, bigint, and decimal and money of up to 18 digits after the point, from whole numbers. */
final class WholeSource extends FixedSource {
    /** Ten to a higher power does not fit in 64 bits. */
    static final int MOST_DIGITS = 18;

    private final Wholes wholes;
    private final NumberRange range;
    private final long lowest;
    private final long highest;
    private final long factor;

    /** @param range with a scale of {@link #MOST_DIGITS} at most */
    WholeSource(String column, Wholes wholes, NumberRange range) {
        super(column);
        this.wholes = wholes;
        this.range = range;
        this.factor = power(range.scale());
        this.lowest = NumberRange.nearestLong(range.lowest().divide(BigInteger.valueOf(factor)));
        this.highest = NumberRange.nearestLong(range.highest().divide(BigInteger.valueOf(factor)));
    }

    private static long power(int scale) {
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        return power;
    }

    @Override
    public long getLong(int row) {
        long value = wholes.get(values(), row);
        if (value < lowest || value > highest) {
            throw misfit(row, value, range.bounds());
        }
        return value;
    }

    @Override
    public void getLongs(int first, int count, boolean[] nulls, long[] into) {
        if (wholes.width() == 0) {
            super.getLongs(first, count, nulls, into);
            return;
        }
        wholes.read(window(first, count, wholes.width()), count, into);
        clearNulls(into, count, nulls);
        for (int i = 0; i < count; i++) {
            if (into[i] < lowest || into[i] > highest) {
                throw misfit(first + i, into[i], range.bounds());
            }
        }
    }

    @Override
    public void getDecimals(int first, int count, boolean[] nulls, long[] high, long[] low) {
        getLongs(first, count, nulls, low);
        for (int i = 0; i < count; i++) {
            long value = low[i];
            high[i] = Math.multiplyHigh(value, factor);
            low[i] = value * factor;
        }
    }

    @Override
    public long getDecimalLow(int row) {
        return getLong(row) * factor;
    }

    @Override
    public long getDecimalHigh(int row) {
        return Math.multiplyHigh(getLong(row), factor);
    }
}
