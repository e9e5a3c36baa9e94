package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.UUID;

/**
 * Gives each value of Java the SQL type that it is sent as. Types come in few sizes (nvarchar is always 4000 or max, decimal always 38
 * digits), so that one prepared statement serves all values.
 *
 * <p>Times are cut to the 100 ns that the server counts in.
 *
 * @param unicode text goes as nvarchar; else as varchar in {@code collation}'s code page
 */
public record Binder(boolean unicode, Collation collation) {
    private static final int SHORT_CHARS = 4000;
    private static final int SHORT_BYTES = 8000;
    private static final int MOST_DIGITS = 38;
    private static final int MOST_SCALE = 7;

    /** Constants of {@code microsoft.sql.Types}, which users of that driver know. */
    private static final int DATETIMEOFFSET = -155;

    private static final int DATETIME = -151;
    private static final int SMALLDATETIME = -150;
    private static final int MONEY = -148;
    private static final int SMALLMONEY = -146;
    private static final int GUID = -145;
    private static final int JSON = -159;
    private static final int VECTOR = -160;

    public Binding text(String value) {
        return unicode ? national(value) : narrow(value);
    }

    /** Text that is read when it is sent, in the type that {@link #text(String)} gives long values. */
    public Binding text(Reader value) {
        return new Binding(
                unicode ? TypeInfo.nvarchar(TypeInfo.PLP, collation) : TypeInfo.varchar(TypeInfo.PLP, collation),
                value);
    }

    /** As nvarchar, whatever the connection's setting. */
    public Binding national(String value) {
        boolean isShort = value == null || value.length() <= SHORT_CHARS;
        return new Binding(TypeInfo.nvarchar(isShort ? SHORT_CHARS : TypeInfo.PLP, collation), value);
    }

    private Binding narrow(String value) {
        float most = collation.charset().newEncoder().maxBytesPerChar();
        boolean isShort = value == null || value.length() * (double) most <= SHORT_BYTES;
        return new Binding(TypeInfo.varchar(isShort ? SHORT_BYTES : TypeInfo.PLP, collation), value);
    }

    public Binding bytes(byte[] value) {
        boolean isShort = value == null || value.length <= SHORT_BYTES;
        return new Binding(TypeInfo.varbinary(isShort ? SHORT_BYTES : TypeInfo.PLP), value);
    }

    /** @throws SQLException if it has more than 38 digits */
    public Binding decimal(BigDecimal value) throws SQLException {
        BigDecimal plain = value.scale() < 0 ? scaled(value, 0) : value;
        checkDigits(Math.max(plain.precision(), plain.scale()));
        return new Binding(TypeInfo.decimal(MOST_DIGITS, plain.scale()), plain);
    }

    /** The digits are counted before the zeros of an exponent are written out, which may be two thousand million. */
    private static BigDecimal scaled(BigDecimal value, int scale) throws SQLException {
        if (value.signum() != 0) {
            checkDigits((long) value.precision() - value.scale());
        }
        return value.setScale(scale, RoundingMode.HALF_UP);
    }

    private static void checkDigits(long digits) throws SQLException {
        if (digits > MOST_DIGITS) {
            throw new SQLDataException(
                    "a decimal of " + digits + " digits was given; SQL Server has at most " + MOST_DIGITS, "22003");
        }
    }

    public Binding date(LocalDate value) {
        return new Binding(TypeInfo.date(), value);
    }

    public Binding time(LocalTime value) {
        return new Binding(
                TypeInfo.time(MOST_SCALE), value == null ? null : value.withNano(value.getNano() / 100 * 100));
    }

    public Binding timestamp(LocalDateTime value) {
        return new Binding(
                TypeInfo.datetime2(MOST_SCALE), value == null ? null : value.withNano(value.getNano() / 100 * 100));
    }

    public Binding moment(OffsetDateTime value) {
        return new Binding(
                TypeInfo.datetimeoffset(MOST_SCALE),
                value == null ? null : value.withNano(value.getNano() / 100 * 100));
    }

    /** NULL of the type that a constant of {@link Types} names. */
    public Binding ofNull(int jdbcType) throws SQLException {
        return switch (jdbcType) {
            case Types.BIT, Types.BOOLEAN -> new Binding(TypeInfo.bit(), null);
            case Types.TINYINT -> new Binding(TypeInfo.tinyint(), null);
            case Types.SMALLINT -> new Binding(TypeInfo.smallint(), null);
            case Types.INTEGER -> new Binding(TypeInfo.integer(), null);
            case Types.BIGINT -> new Binding(TypeInfo.bigint(), null);
            case Types.REAL -> new Binding(TypeInfo.real(), null);
            case Types.FLOAT, Types.DOUBLE -> new Binding(TypeInfo.float8(), null);
            case Types.DECIMAL, Types.NUMERIC -> new Binding(TypeInfo.decimal(MOST_DIGITS, 0), null);
            case MONEY -> new Binding(TypeInfo.money(), null);
            case SMALLMONEY -> new Binding(TypeInfo.smallmoney(), null);
            case Types.DATE -> date(null);
            case Types.TIME -> time(null);
            case Types.TIMESTAMP -> timestamp(null);
            case DATETIME -> new Binding(TypeInfo.datetime(), null);
            case SMALLDATETIME -> new Binding(TypeInfo.smalldatetime(), null);
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME_WITH_TIMEZONE, DATETIMEOFFSET -> moment(null);
            case GUID -> new Binding(TypeInfo.uniqueidentifier(), null);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> bytes(null);
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> text((String) null);
            case Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.NCLOB, Types.SQLXML -> national(null);
            // as text they reach every server, also one that has not agreed to the types
            case JSON, VECTOR -> national(null);
            // Text is what the server converts to nearly every other type.
            case Types.NULL, Types.OTHER, Types.JAVA_OBJECT -> national(null);
            default -> throw unsupported("type " + jdbcType + " of java.sql.Types has no counterpart in SQL Server");
        };
    }

    /** The type that the value's class implies. */
    public Binding of(Object value) throws SQLException {
        if (value == null) {
            return ofNull(Types.NULL);
        }
        Binding number = ofNumber(value);
        if (number != null) {
            return number;
        }
        Binding temporal = ofTemporal(value);
        if (temporal != null) {
            return temporal;
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return text(value.toString());
        }
        if (value instanceof Boolean) {
            return new Binding(TypeInfo.bit(), value);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        if (value instanceof float[] vector) {
            return national(Arrays.toString(vector));
        }
        if (value instanceof UUID) {
            return new Binding(TypeInfo.uniqueidentifier(), value);
        }
        return ofLong(value);
    }

    /**
     * The value converted to the type that a constant of {@link Types} names.
     *
     * @param scale digits after the point for decimals, or negative to keep the value's own
     */
    public Binding of(Object value, int jdbcType, int scale) throws SQLException {
        if (value == null) {
            return ofNull(jdbcType);
        }
        Binding natural = of(value);
        TypeInfo from =
                natural.value() instanceof InputStream || natural.value() instanceof Reader ? null : natural.type();
        Cell cell = new Cell(natural.value(), from, "the parameter");
        return switch (jdbcType) {
            case Types.BIT, Types.BOOLEAN -> new Binding(TypeInfo.bit(), cell.toBoolean());
            case Types.TINYINT -> new Binding(TypeInfo.tinyint(), (short) cell.toWhole(0, 255, "tinyint"));
            case Types.SMALLINT -> new Binding(TypeInfo.smallint(), cell.toShort());
            case Types.INTEGER -> new Binding(TypeInfo.integer(), cell.toInt());
            case Types.BIGINT -> new Binding(TypeInfo.bigint(), cell.toLong());
            case Types.REAL -> new Binding(TypeInfo.real(), cell.toFloat());
            case Types.FLOAT, Types.DOUBLE -> new Binding(TypeInfo.float8(), cell.toDouble());
            case Types.DECIMAL, Types.NUMERIC ->
                decimal(scale < 0 ? cell.toBigDecimal() : scaled(cell.toBigDecimal(), scale));
            case MONEY -> new Binding(TypeInfo.money(), cell.toBigDecimal());
            case SMALLMONEY -> new Binding(TypeInfo.smallmoney(), cell.toBigDecimal());
            case Types.DATE -> date(TemporalConversion.toLocalDate(cell));
            case Types.TIME -> time(TemporalConversion.toLocalTime(cell));
            case Types.TIMESTAMP -> timestamp(TemporalConversion.toLocalDateTime(cell));
            case DATETIME -> new Binding(TypeInfo.datetime(), TemporalConversion.toLocalDateTime(cell));
            case SMALLDATETIME -> new Binding(TypeInfo.smalldatetime(), TemporalConversion.toLocalDateTime(cell));
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME_WITH_TIMEZONE, DATETIMEOFFSET ->
                moment(TemporalConversion.toOffsetDateTime(cell));
            case GUID -> new Binding(TypeInfo.uniqueidentifier(), ObjectConversion.to(cell, UUID.class));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                natural.value() instanceof InputStream ? natural : bytes(cell.toBytes());
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB ->
                natural.value() instanceof Reader ? natural : text(cell.toText());
            case Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.NCLOB, Types.SQLXML, JSON, VECTOR ->
                natural.value() instanceof Reader ? natural : national(cell.toText());
            case Types.OTHER, Types.JAVA_OBJECT, Types.NULL -> natural;
            default -> throw unsupported("type " + jdbcType + " of java.sql.Types has no counterpart in SQL Server");
        };
    }

    /** A byte is signed in Java and not in SQL Server, so it goes as smallint. */
    private Binding ofNumber(Object value) throws SQLException {
        if (value instanceof Integer) {
            return new Binding(TypeInfo.integer(), value);
        }
        if (value instanceof Long) {
            return new Binding(TypeInfo.bigint(), value);
        }
        if (value instanceof Short || value instanceof Byte) {
            return new Binding(TypeInfo.smallint(), ((Number) value).shortValue());
        }
        if (value instanceof Double) {
            return new Binding(TypeInfo.float8(), value);
        }
        if (value instanceof Float) {
            return new Binding(TypeInfo.real(), value);
        }
        if (value instanceof BigDecimal number) {
            return decimal(number);
        }
        return value instanceof BigInteger number ? decimal(new BigDecimal(number)) : null;
    }

    private Binding ofTemporal(Object value) {
        if (value instanceof LocalDate date) {
            return date(date);
        }
        if (value instanceof LocalTime time) {
            return time(time);
        }
        if (value instanceof LocalDateTime both) {
            return timestamp(both);
        }
        if (value instanceof OffsetDateTime moment) {
            return moment(moment);
        }
        if (value instanceof ZonedDateTime moment) {
            return moment(moment.toOffsetDateTime());
        }
        if (value instanceof Instant instant) {
            return moment(instant.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof Date date) {
            return date(LegacyTime.of(date, null));
        }
        if (value instanceof Time time) {
            return time(LegacyTime.of(time, null));
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp(LegacyTime.of(timestamp, null));
        }
        if (value instanceof java.util.Date date) {
            return timestamp(new Timestamp(date.getTime()).toLocalDateTime());
        }
        return value instanceof Calendar calendar
                ? timestamp(LegacyTime.of(new Timestamp(calendar.getTimeInMillis()), calendar))
                : null;
    }

    private Binding ofLong(Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return bytes(blob.getBytes(1, (int) Math.min(blob.length(), Integer.MAX_VALUE)));
        }
        if (value instanceof Clob clob) {
            return text(clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE)));
        }
        if (value instanceof SQLXML xml) {
            return national(xml.getString());
        }
        if (value instanceof InputStream) {
            return new Binding(TypeInfo.varbinary(TypeInfo.PLP), value);
        }
        if (value instanceof Reader) {
            return new Binding(TypeInfo.nvarchar(TypeInfo.PLP, collation), value);
        }
        throw unsupported("a " + value.getClass().getName() + " has no SQL type that it could be sent as");
    }

    private static SQLException unsupported(String what) {
        return new java.sql.SQLFeatureNotSupportedException(what, "0A000");
    }
}
