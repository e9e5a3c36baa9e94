package dev.tidegate.tds.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Takes the Java forms that each type accepts on writing, and refuses others: a value is never bent to fit. */
final class JavaForms {
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private JavaForms() {}

    static boolean toBoolean(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        long number = toLong(value, "bit");
        if (number != 0 && number != 1) {
            throw new ValueOutOfRangeException(number + " is not a bit: 0 or 1");
        }
        return number == 1;
    }

    static long toLong(Object value, String type) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            BigInteger whole =
                    value instanceof BigInteger big ? big : DecimalBytes.unscaled((BigDecimal) value, 38, 0, type);
            if (whole.compareTo(MIN_LONG) < 0 || whole.compareTo(MAX_LONG) > 0) {
                throw new ValueOutOfRangeException(value + " is out of range for " + type);
            }
            return whole.longValue();
        }
        throw wrongClass(value, type);
    }

    static BigDecimal toDecimal(Object value, String type) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return BigDecimal.valueOf(toLong(value, type));
    }

    static double toDouble(Object value, String type) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        long whole = toLong(value, type);
        double number = whole;
        if ((long) number != whole || whole == Long.MAX_VALUE) {
            throw new ValueOutOfRangeException(whole + " is not exact as " + type);
        }
        return number;
    }

    static LocalDate toDate(Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        throw wrongClass(value, "date");
    }

    static LocalTime toTime(Object value) {
        if (value instanceof LocalTime time) {
            return time;
        }
        throw wrongClass(value, "time");
    }

    static LocalDateTime toDateTime(Object value, String type) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        throw wrongClass(value, type);
    }

    static OffsetDateTime toOffsetDateTime(Object value) {
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime;
        }
        throw wrongClass(value, "datetimeoffset");
    }

    static UUID toUuid(Object value) {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        throw wrongClass(value, "uniqueidentifier");
    }

    static byte[] toBytes(Object value, String type) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw wrongClass(value, type);
    }

    static CharSequence toText(Object value, String type) {
        if (value instanceof CharSequence text) {
            return text;
        }
        throw wrongClass(value, type);
    }

    static float[] toVector(Object value) {
        if (value instanceof float[] vector) {
            return vector;
        }
        throw wrongClass(value, "vector");
    }

    private static ValueOutOfRangeException wrongClass(Object value, String type) {
        return new ValueOutOfRangeException("a " + value.getClass().getName() + " cannot be written as " + type);
    }
}
