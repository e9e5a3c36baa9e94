package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.NumberRange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.IntFunction;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;

/** Exact numbers whose scale or width differs from the target's. */
final class NumberSource extends VectorSource {
    private final NumberRange range;
    private final Wholes wholes;
    private final boolean rounds;
    private IntFunction<BigDecimal> values;
    private int currentRow;
    private BigInteger current;

    /**
     * @param wholes of a vector of whole numbers, else null
     * @param rounds whether digits after the point that the target has no room for may be lost
     */
    NumberSource(String column, Wholes wholes, NumberRange range, boolean rounds) {
        super(column);
        this.wholes = wholes;
        this.range = range;
        this.rounds = rounds;
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        currentRow = -1;
        if (next instanceof DecimalVector decimals) {
            values = decimals::getObject;
        } else if (next instanceof Decimal256Vector decimals) {
            values = decimals::getObject;
        } else if (next instanceof UInt8Vector unsigned) {
            values = row -> new BigDecimal(unsigned.getObjectNoOverflow(row));
        } else {
            values = row -> BigDecimal.valueOf(wholes.get(next.getDataBuffer(), row));
        }
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
        return unscaled(row).shiftRight(Long.SIZE).longValue();
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
        BigDecimal value = values.apply(row);
        BigInteger unscaled;
        try {
            unscaled = range.unscaled(value, rounds);
        } catch (ArithmeticException e) {
            throw misfit(row, value, range.room() + "; allow their loss (" + Loss.DIGITS.hint() + ") to round it");
        }
        if (!range.contains(unscaled)) {
            throw misfit(row, value, range.bounds());
        }
        return unscaled;
    }
}
