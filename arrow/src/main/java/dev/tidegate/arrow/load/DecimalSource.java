package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Int128;
import dev.tidegate.client.column.NumberRange;
import dev.tidegate.tds.LittleEndian;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Exact numbers, from 128-bit decimals of the same scale: the two halves go over as they are. */
final class DecimalSource extends FixedSource {
    private static final int WIDTH = 16;

    private final NumberRange range;
    private final long lowestHigh;
    private final long lowestLow;
    private final long highestHigh;
    private final long highestLow;

    DecimalSource(String column, NumberRange range) {
        super(column);
        this.range = range;
        this.lowestHigh = high(range.lowest());
        this.lowestLow = range.lowest().longValue();
        this.highestHigh = high(range.highest());
        this.highestLow = range.highest().longValue();
    }

    private static long high(BigInteger value) {
        return value.shiftRight(Long.SIZE).longValueExact();
    }

    /** A target of whole numbers, all of which have 64 bits at most. */
    @Override
    public long getLong(int row) {
        getDecimalHigh(row);
        return getDecimalLow(row);
    }

    @Override
    public long getDecimalLow(int row) {
        return values().getLong(16L * row);
    }

    /** The encoder asks for this half of every value, so it is checked here. */
    @Override
    public long getDecimalHigh(int row) {
        long high = values().getLong(16L * row + Long.BYTES);
        long low = values().getLong(16L * row);
        if (isLess(high, low, lowestHigh, lowestLow) || isLess(highestHigh, highestLow, high, low)) {
            throw misfit(
                    row, new BigDecimal(Int128.toBigInteger(high, low), range.scale()).toPlainString(), range.bounds());
        }
        return high;
    }

    /** The range is left to the encoder: its type is the one that the range was taken from. */
    @Override
    public void getDecimals(int first, int count, boolean[] nulls, long[] high, long[] low) {
        byte[] window = window(first, count, WIDTH);
        for (int i = 0; i < count; i++) {
            low[i] = LittleEndian.getLong(window, WIDTH * i);
            high[i] = LittleEndian.getLong(window, WIDTH * i + Long.BYTES);
        }
        clearNulls(low, count, nulls);
        clearNulls(high, count, nulls);
    }

    private static boolean isLess(long high, long low, long otherHigh, long otherLow) {
        return high != otherHigh ? high < otherHigh : Long.compareUnsigned(low, otherLow) < 0;
    }
}
