package dev.tidegate.tds.type;

/** What real and float take: finite numbers. SQL Server has neither NaN nor infinity. */
public final class FloatRange {
    private FloatRange() {}

    /** @throws ValueOutOfRangeException if not finite */
    public static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new ValueOutOfRangeException(value + " is not a number that float takes");
        }
        return value;
    }

    /**
     * The nearest real: rounding to 24 binary digits is what the type does.
     *
     * @throws ValueOutOfRangeException if not finite, or beyond the largest real
     */
    public static float toReal(double value) {
        float narrow = (float) finite(value);
        if (Float.isInfinite(narrow)) {
            throw new ValueOutOfRangeException(value + " is out of range for real: -3.4028235E38 to 3.4028235E38");
        }
        return narrow;
    }
}
