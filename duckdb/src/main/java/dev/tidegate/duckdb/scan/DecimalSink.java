package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Int128;
import java.math.BigDecimal;

/** decimal, numeric, money and smallmoney. */
final class DecimalSink extends VectorSink {
    private final int scale;

    DecimalSink(String column, int scale) {
        super(column);
        this.scale = scale;
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        // The common case: the high half only repeats the sign.
        BigDecimal value = high == low >> 63
                ? BigDecimal.valueOf(low, scale)
                : new BigDecimal(Int128.toBigInteger(high, low), scale);
        vector().setBigDecimal(row, value);
    }
}
