package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.LittleEndian;
import java.util.Set;

/** real and float, from 32-bit and 64-bit floats. */
final class FloatSource extends FixedSource {
    private final boolean isWide;
    private final boolean single;
    private final boolean nanIsNull;
    private final boolean rounds;

    /**
     * @param isWide whether the vector has 64 bits a value
     * @param single whether the target is a real
     */
    FloatSource(String column, boolean isWide, boolean single, Set<Loss> allowed) {
        super(column);
        this.isWide = isWide;
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
                    row, value, "SQL Server has no such float; make it NULL, or allow that (" + Loss.NAN.hint() + ")");
        }
        if (single && !rounds && (float) value != value) {
            throw misfit(
                    row, value, "real cannot hold it exactly; allow the loss of digits (" + Loss.DIGITS.hint() + ")");
        }
        return value;
    }

    @Override
    public boolean getNulls(int first, int count, boolean[] into) {
        if (!nanIsNull) {
            return super.getNulls(first, count, into);
        }
        boolean any = false;
        for (int i = 0; i < count; i++) {
            into[i] = isNull(first + i);
            any |= into[i];
        }
        return any;
    }

    @Override
    public void getDoubles(int first, int count, boolean[] nulls, double[] into) {
        byte[] window = window(first, count, isWide ? Double.BYTES : Float.BYTES);
        for (int i = 0; i < count; i++) {
            into[i] = isWide
                    ? Double.longBitsToDouble(LittleEndian.getLong(window, Double.BYTES * i))
                    : Float.intBitsToFloat(LittleEndian.getInt(window, Float.BYTES * i));
            if (nulls != null && nulls[i]) {
                into[i] = 0;
            }
        }
        for (int i = 0; i < count && single && !rounds; i++) {
            if ((float) into[i] != into[i]) {
                // Says which, and why.
                getDouble(first + i);
            }
        }
    }

    private double value(int row) {
        return isWide ? values().getDouble(8L * row) : values().getFloat(4L * row);
    }
}
