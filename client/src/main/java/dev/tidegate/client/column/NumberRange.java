package dev.tidegate.client.column;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The numbers that a SQL Server type holds.
 *
 * @param scale digits after the point
 * @param lowest unscaled
 * @param highest unscaled
 * @param target the type's name, for messages
 */
public record NumberRange(int scale, BigInteger lowest, BigInteger highest, String target) {
    private static final int MONEY_SCALE = 4;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** @return null for a type that is none of whole numbers, decimals and money */
    public static NumberRange of(TypeInfo type) {
        String name = type.toSql();
        return switch (type.type()) {
            case BIT, BITN -> new NumberRange(0, BigInteger.ZERO, BigInteger.ONE, name);
            case INT1, INT2, INT4, INT8, INTN ->
                type.maxLength() == 1
                        ? new NumberRange(0, BigInteger.ZERO, BigInteger.valueOf(255), name)
                        : ofBytes(0, type.maxLength(), name);
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> {
                BigInteger highest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
                yield new NumberRange(type.scale(), highest.negate(), highest, name);
            }
            case MONEY4, MONEY, MONEYN -> ofBytes(MONEY_SCALE, type.maxLength(), name);
            default -> null;
        };
    }

    /** The number itself if it fits in 64 bits, else the closest that does. */
    public static long nearestLong(BigInteger number) {
        return number.max(LONG_MIN).min(LONG_MAX).longValueExact();
    }

    private static NumberRange ofBytes(int scale, int bytes, String name) {
        BigInteger beyond = BigInteger.ONE.shiftLeft(Byte.SIZE * bytes - 1);
        return new NumberRange(scale, beyond.negate(), beyond.subtract(BigInteger.ONE), name);
    }

    /**
     * A number with as many digits after the point as the type has; it may still be out of range.
     *
     * @param rounds whether further digits may be lost, half away from zero
     * @throws ArithmeticException if there are further digits, and they may not
     */
    public BigInteger unscaled(BigDecimal value, boolean rounds) {
        return value.setScale(scale, rounds ? RoundingMode.HALF_UP : RoundingMode.UNNECESSARY)
                .unscaledValue();
    }

    public boolean contains(BigInteger unscaled) {
        return unscaled.compareTo(lowest) >= 0 && unscaled.compareTo(highest) <= 0;
    }

    /** For messages: how many digits after the point there are. */
    public String room() {
        return target + " has room for " + scale + " digits after the point";
    }

    /** For messages: which numbers there are. */
    public String bounds() {
        return target + " holds " + new BigDecimal(lowest, scale).toPlainString() + " to "
                + new BigDecimal(highest, scale).toPlainString();
    }
}
