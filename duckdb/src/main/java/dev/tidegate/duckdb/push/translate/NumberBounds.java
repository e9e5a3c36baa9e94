package dev.tidegate.duckdb.push.translate;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Where numbers lie among the values of the server's numeric types. */
final class NumberBounds {
    private static final int MAX_PRECISION = 38;

    /** More than both conversions to a float can be off, as a part of the value. */
    private static final BigDecimal DOUBLE_SLACK = new BigDecimal("1e-13");

    private static final BigDecimal FLOAT_SLACK = new BigDecimal("1e-5");

    /** A number of at most so many digits, and as many after the point, becomes a double by one exact division. */
    private static final int EXACT_DOUBLE_DIGITS = 15;

    private NumberBounds() {}

    static Bounds<?> of(Scalar scalar, Literal literal) throws Untranslatable {
        return switch (scalar.sqlType()) {
            case REAL, FLOAT -> floating(scalar, literal);
            default -> exact(scalar, literal);
        };
    }

    private static Bounds<BigDecimal> exact(Scalar scalar, Literal literal) throws Untranslatable {
        BigDecimal number = literal.number();
        boolean rounded =
                scalar.fuzzy() || literal.cast() != null && literal.cast().isFloat();
        BigDecimal slack = BigDecimal.ZERO;
        if (rounded) {
            boolean single = scalar.rounding() == Rounding.FLOAT
                    || literal.cast() != null && literal.cast().is("FLOAT");
            slack = number.abs().multiply(single ? FLOAT_SLACK : DOUBLE_SLACK, MathContext.DECIMAL64);
        }
        int scale = scale(scalar.type());
        BigDecimal least = number.subtract(slack).setScale(scale, RoundingMode.CEILING);
        BigDecimal greatest = number.add(slack).setScale(scale, RoundingMode.FLOOR);
        return new Bounds<>(least, greatest, holding(scalar.type(), least, greatest), rounded);
    }

    /** The scalar's own type if it has both values, or else a wider one that SQL Server compares with it exactly. */
    private static TypeInfo holding(TypeInfo type, BigDecimal least, BigDecimal greatest) throws Untranslatable {
        int scale = scale(type);
        int digits = Math.max(1, Math.max(integerDigits(least), integerDigits(greatest)));
        switch (type.sqlType()) {
            case TINYINT:
                return isByte(least) && isByte(greatest) ? type : holding(TypeInfo.integer(), least, greatest);
            case SMALLINT, INT, BIGINT:
                if (fits(type.maxLength(), least) && fits(type.maxLength(), greatest)) {
                    return type;
                }
                if (fits(Long.BYTES, least) && fits(Long.BYTES, greatest)) {
                    return TypeInfo.bigint();
                }
                break;
            case DECIMAL, NUMERIC:
                if (digits <= type.precision() - scale) {
                    return TypeInfo.decimal(type.precision(), scale);
                }
                break;
            case MONEY, SMALLMONEY:
                break;
            default:
                throw new Untranslatable("a number is compared with " + type.toSql());
        }
        int wanted = Math.max(digits, ownDigits(type)) + scale;
        if (wanted > MAX_PRECISION) {
            throw new Untranslatable("a number of more than " + MAX_PRECISION + " digits");
        }
        return TypeInfo.decimal(wanted, scale);
    }

    private static boolean isByte(BigDecimal value) {
        return value.signum() >= 0 && fits(Short.BYTES, value) && value.intValue() <= 255;
    }

    private static boolean fits(int bytes, BigDecimal value) {
        BigInteger whole = value.toBigInteger();
        return whole.bitLength() < bytes * Byte.SIZE;
    }

    private static int integerDigits(BigDecimal value) {
        return value.precision() - value.scale();
    }

    /** Digits after the point that values of an exact type have. */
    static int scale(TypeInfo type) {
        return switch (type.sqlType()) {
            case DECIMAL, NUMERIC -> type.scale();
            case MONEY, SMALLMONEY -> 4;
            default -> 0;
        };
    }

    /** Digits before the point that values of an exact type have at most. */
    static int ownDigits(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case MONEY -> 15;
            case SMALLMONEY -> 6;
            default -> type.precision() - type.scale();
        };
    }

    private static Bounds<?> floating(Scalar scalar, Literal literal) throws Untranslatable {
        BigDecimal number = literal.number();
        boolean single = scalar.duck().is("FLOAT");
        if (single && literal.cast() != null && !literal.cast().is("FLOAT")) {
            throw new Untranslatable("a real is compared with a number of another type");
        }
        boolean plain = number.stripTrailingZeros().precision() <= EXACT_DOUBLE_DIGITS
                && Math.abs(number.stripTrailingZeros().scale()) <= EXACT_DOUBLE_DIGITS;
        // In a plan the number was printed from the float; in a query DuckDB still has to convert it.
        if (!plain && literal.cast() == null && !scalar.duck().isFloat()) {
            throw new Untranslatable("a number of many digits is compared with a float");
        }
        if (single) {
            float value = number.floatValue();
            if (!Float.isFinite(value) || value != 0 && Math.abs(value) < Float.MIN_NORMAL) {
                throw new Untranslatable("a number that SQL Server's real does not have");
            }
            return Bounds.exactly(value, TypeInfo.real());
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value) || value != 0 && Math.abs(value) < Double.MIN_NORMAL) {
            throw new Untranslatable("a number that SQL Server's float does not have");
        }
        return Bounds.exactly(value, TypeInfo.float8());
    }
}
