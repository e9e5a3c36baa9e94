package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.SqlVariant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;

/** {@code getObject}, with and without a class. */
public final class ObjectConversion {
    /** One way from a value to a class. */
    private interface Way {
        Object convert(Cell cell) throws SQLException;
    }

    private static final Map<Class<?>, Way> WAYS = Map.ofEntries(
            Map.entry(Object.class, ObjectConversion::toObject),
            Map.entry(String.class, Cell::toText),
            Map.entry(Boolean.class, Cell::toBoolean),
            Map.entry(Byte.class, Cell::toByte),
            Map.entry(Short.class, Cell::toShort),
            Map.entry(Integer.class, Cell::toInt),
            Map.entry(Long.class, Cell::toLong),
            Map.entry(Float.class, Cell::toFloat),
            Map.entry(Double.class, Cell::toDouble),
            Map.entry(BigDecimal.class, Cell::toBigDecimal),
            Map.entry(BigInteger.class, ObjectConversion::toBigInteger),
            Map.entry(byte[].class, Cell::toBytes),
            Map.entry(UUID.class, ObjectConversion::toUuid),
            Map.entry(LocalDate.class, TemporalConversion::toLocalDate),
            Map.entry(LocalTime.class, TemporalConversion::toLocalTime),
            Map.entry(LocalDateTime.class, TemporalConversion::toLocalDateTime),
            Map.entry(OffsetDateTime.class, TemporalConversion::toOffsetDateTime),
            Map.entry(
                    ZonedDateTime.class,
                    cell -> TemporalConversion.toOffsetDateTime(cell).toZonedDateTime()),
            Map.entry(
                    Instant.class,
                    cell -> TemporalConversion.toOffsetDateTime(cell).toInstant()),
            Map.entry(Date.class, cell -> LegacyTime.toDate(cell, null)),
            Map.entry(Time.class, cell -> LegacyTime.toTime(cell, null)),
            Map.entry(Timestamp.class, cell -> LegacyTime.toTimestamp(cell, null)),
            Map.entry(java.util.Date.class, cell -> LegacyTime.toTimestamp(cell, null)),
            Map.entry(float[].class, ObjectConversion::toVector));

    private ObjectConversion() {}

    /** The class that {@link SqlKind#javaClass} names. */
    public static Object toObject(Cell cell) throws SQLException {
        Object value = cell.value();
        if (value instanceof LocalDate) {
            return LegacyTime.toDate(cell, null);
        }
        if (value instanceof LocalTime) {
            return LegacyTime.toTime(cell, null);
        }
        if (value instanceof LocalDateTime) {
            return LegacyTime.toTimestamp(cell, null);
        }
        return value instanceof UUID ? cell.toText() : value;
    }

    /** True if {@link #to} knows the class; whether a value converts depends on the value. */
    public static boolean knows(Class<?> target) {
        return WAYS.containsKey(target);
    }

    /** True if {@link #to} would give the value itself; not of arrays, which a caller may change. */
    public static boolean is(Object value, Class<?> target) {
        // Of the forms that a value has in the tds module, this one is all that no class asks for.
        return value.getClass() == target && !target.isArray() && target != SqlVariant.class;
    }

    /** @throws SQLException if the class is none that a value can become, or this value cannot */
    public static <T> T to(Cell cell, Class<T> target) throws SQLException {
        Way way = WAYS.get(target);
        if (way == null) {
            throw cell.unconvertible(target.getName());
        }
        return target.cast(way.convert(cell));
    }

    private static BigInteger toBigInteger(Cell cell) throws SQLException {
        BigDecimal number = NumberConversion.toBigDecimal(cell, "BigInteger");
        if ((long) number.precision() - number.scale() > 400) {
            throw cell.outOfRange("BigInteger of at most 400 digits");
        }
        return number.precision() <= number.scale() ? BigInteger.ZERO : number.toBigInteger();
    }

    private static UUID toUuid(Cell cell) throws SQLException {
        if (cell.value() instanceof UUID uuid) {
            return uuid;
        }
        if (cell.value() instanceof byte[] bytes && bytes.length == 16) {
            return BinaryConversion.toUuid(bytes);
        }
        if (cell.value() instanceof String text) {
            try {
                return UUID.fromString(text.strip());
            } catch (IllegalArgumentException e) {
                SQLException failure = cell.malformed("a UUID");
                failure.initCause(e);
                throw failure;
            }
        }
        throw cell.unconvertible("UUID");
    }

    private static float[] toVector(Cell cell) throws SQLException {
        if (cell.value() instanceof float[] vector) {
            return vector;
        }
        throw cell.unconvertible("float[]");
    }
}
