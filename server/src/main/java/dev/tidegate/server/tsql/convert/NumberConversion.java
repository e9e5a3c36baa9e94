package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Locale;

/** Conversions to the numeric types. */
final class NumberConversion {
    private NumberConversion() {}

    static Object toNumber(Object value, SqlType from, SqlType to) throws SqlServerException {
        if (value instanceof String text) {
            return ofText(text, from, to);
        }
        if (value instanceof byte[] bytes) {
            return ofBinary(bytes, to);
        }
        if (value instanceof LocalDateTime time
                && (from.kind() == TypeKind.DATETIME || from.kind() == TypeKind.SMALLDATETIME)) {
            return ofDecimal(TemporalConversion.daysSince1900(time), SqlType.decimal(38, 10), to);
        }
        if (to.kind() == TypeKind.FLOAT) {
            return value instanceof Boolean bit
                    ? (bit ? 1d : 0d)
                    : number(value, from, to).doubleValue();
        }
        if (to.kind() == TypeKind.REAL) {
            float single = value instanceof Boolean bit
                    ? (bit ? 1f : 0f)
                    : number(value, from, to).floatValue();
            if (Float.isInfinite(single)) {
                throw overflowOfValue(value, to);
            }
            return single;
        }
        return ofDecimal(decimal(value, from, to), from, to);
    }

    private static Number number(Object value, SqlType from, SqlType to) throws SqlServerException {
        if (value instanceof Number number) {
            return number;
        }
        throw Conversion.notAllowed(from, to);
    }

    private static BigDecimal decimal(Object value, SqlType from, SqlType to) throws SqlServerException {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Boolean bit -> bit ? BigDecimal.ONE : BigDecimal.ZERO;
            case Double d -> ofFloat(d);
            case Float f -> ofFloat(f.doubleValue());
            case Number integer -> BigDecimal.valueOf(integer.longValue());
            default -> throw Conversion.notAllowed(from, to);
        };
    }

    private static BigDecimal ofFloat(double value) {
        return BigDecimal.valueOf(value);
    }

    private static Object ofDecimal(BigDecimal value, SqlType from, SqlType to) throws SqlServerException {
        switch (to.kind()) {
            case BIT -> {
                return value.signum() != 0;
            }
            case DECIMAL, NUMERIC -> {
                BigDecimal rounded = Conversion.round(value, to.scale());
                if (rounded.precision() - rounded.scale() > to.precision() - to.scale()) {
                    throw Conversion.overflow(from, to);
                }
                return rounded;
            }
            case MONEY, SMALLMONEY -> {
                BigDecimal rounded = Conversion.round(value, 4);
                if (rounded.unscaledValue().bitLength() > (to.kind() == TypeKind.MONEY ? 63 : 31)) {
                    throw Conversion.overflow(from, to);
                }
                return rounded;
            }
            default -> {
                RoundingMode mode = from.kind().isMoney() ? RoundingMode.HALF_UP : RoundingMode.DOWN;
                return integer(value.setScale(0, mode).toBigInteger(), value, from, to);
            }
        }
    }

    private static Object integer(BigInteger value, Object source, SqlType from, SqlType to) throws SqlServerException {
        boolean fits = switch (to.kind()) {
            case TINYINT -> value.signum() >= 0 && value.bitLength() <= 8;
            case SMALLINT -> value.bitLength() <= 15;
            case INT -> value.bitLength() <= 31;
            default -> value.bitLength() <= 63;
        };
        if (!fits) {
            throw from.kind() == TypeKind.INT || from.kind() == TypeKind.SMALLINT
                    ? overflowOfValue(source, to)
                    : Conversion.overflow(
                            from.kind() == TypeKind.BIGINT ? new SqlType(TypeKind.BIGINT, 0, 0, 0) : from, to);
        }
        return switch (to.kind()) {
            case TINYINT, SMALLINT -> value.shortValue();
            case INT -> value.intValue();
            default -> value.longValue();
        };
    }

    private static SqlServerException overflowOfValue(Object value, SqlType to) {
        return KnownError.OVERFLOW_VALUE.exception(to.kind().sqlName(), value);
    }

    private static Object ofText(String text, SqlType from, SqlType to) throws SqlServerException {
        String trimmed = text.strip();
        switch (to.kind()) {
            case BIT -> {
                String lower = trimmed.toLowerCase(Locale.ROOT);
                if (lower.equals("true") || lower.equals("false")) {
                    return lower.equals("true");
                }
                return integerText(trimmed, text, from, to).signum() != 0;
            }
            case TINYINT, SMALLINT, INT, BIGINT -> {
                BigInteger value = integerText(trimmed, text, from, to);
                int bits = to.kind() == TypeKind.BIGINT
                        ? 63
                        : to.kind() == TypeKind.INT ? 31 : to.kind() == TypeKind.SMALLINT ? 15 : 8;
                if (value.bitLength() > bits || (bits == 8 && value.signum() < 0)) {
                    if (to.kind() == TypeKind.BIGINT) {
                        throw Conversion.overflow(from, to);
                    }
                    throw to.kind() == TypeKind.INT
                            ? KnownError.TEXT_OVERFLOWED_INT.exception(from.kind().sqlName(), shorten(text))
                            : KnownError.TEXT_OVERFLOWED_SMALL_INTEGER.exception(
                                    from.kind().sqlName(),
                                    shorten(text),
                                    to.kind() == TypeKind.SMALLINT ? "INT2" : "INT1");
                }
                return integer(value, text, from, to);
            }
            case FLOAT, REAL -> {
                return floatText(trimmed, from, to);
            }
            case MONEY, SMALLMONEY -> {
                return moneyText(trimmed, from, to);
            }
            default -> {
                try {
                    if (!trimmed.isEmpty()
                            && trimmed.indexOf('e') < 0
                            && trimmed.indexOf('E') < 0
                            && trimmed.length() <= 200) {
                        return ofDecimal(new BigDecimal(trimmed), from, to);
                    }
                } catch (NumberFormatException e) {
                    // refused below
                }
                throw convertingError(from, to);
            }
        }
    }

    private static BigInteger integerText(String trimmed, String text, SqlType from, SqlType to)
            throws SqlServerException {
        if (trimmed.isEmpty()) {
            return BigInteger.ZERO;
        }
        try {
            if (trimmed.length() <= 100) {
                return new BigInteger(trimmed);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        if (to.kind() == TypeKind.BIGINT) {
            throw convertingError(from, to);
        }
        throw KnownError.CONVERSION_FAILED.exception(from.kind().sqlName(), shorten(text), to.kind().sqlName());
    }

    private static Object floatText(String text, SqlType from, SqlType to) throws SqlServerException {
        if (text.isEmpty()) {
            return to.kind() == TypeKind.REAL ? (Object) 0f : (Object) 0d;
        }
        if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d*)?")) {
            throw convertingError(from, to);
        }
        String complete = text.matches(".*[eE][+-]?") ? text + "0" : text;
        double value = Double.parseDouble(complete);
        if (Double.isInfinite(value) || (to.kind() == TypeKind.REAL && Float.isInfinite((float) value))) {
            throw Conversion.overflow(from, to);
        }
        return to.kind() == TypeKind.REAL ? (Object) (float) value : (Object) value;
    }

    private static Object moneyText(String text, SqlType from, SqlType to) throws SqlServerException {
        String plain = text.replace(",", "").replaceFirst("^([+-]?)\\s*[$£¤¥€]\\s*([+-]?)", "$1$2");
        if (plain.isEmpty()) {
            return Conversion.round(BigDecimal.ZERO, 4);
        }
        if (!plain.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
            throw KnownError.TEXT_TO_MONEY.exception();
        }
        return ofDecimal(new BigDecimal(plain), from, to);
    }

    private static Object ofBinary(byte[] bytes, SqlType to) throws SqlServerException {
        if (!to.kind().isInteger() && to.kind() != TypeKind.BIT && !to.kind().isMoney()) {
            throw Conversion.notAllowed(SqlType.varbinary(8000), to);
        }
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | (b & 0xFF);
        }
        return switch (to.kind()) {
            case BIT -> value != 0;
            case TINYINT -> (short) (value & 0xFF);
            case SMALLINT -> (short) value;
            case INT -> (int) value;
            case MONEY, SMALLMONEY -> BigDecimal.valueOf(to.kind() == TypeKind.MONEY ? value : (int) value, 4);
            default -> value;
        };
    }

    private static SqlServerException convertingError(SqlType from, SqlType to) {
        return KnownError.TYPE_CONVERSION.exception(Conversion.inMessage(from), Conversion.inMessage(to));
    }

    private static String shorten(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
