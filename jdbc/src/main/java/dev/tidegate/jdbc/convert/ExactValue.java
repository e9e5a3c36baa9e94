package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/**
 * What becomes of a parameter's value in a column, where that is the value itself: nothing is rounded, cut, or mapped to other characters,
 * and the server could neither refuse the conversion nor make another one of it. Everything else is left to the server.
 */
public final class ExactValue {
    /** Instead of a value: it is the server that knows. */
    public static final Object NONE = new Object();

    private static final BigDecimal MONEY_LIMIT = BigDecimal.valueOf(Long.MAX_VALUE, 4);
    private static final BigDecimal SMALL_MONEY_LIMIT = BigDecimal.valueOf(Integer.MAX_VALUE, 4);
    private static final int MONEY_SCALE = 4;

    /** Ticks of datetime are 1/300 s: three of them are the shortest time that decimals can tell. */
    private static final int DATETIME_NANOS = 10_000_000;

    private static final int DATETIME_FIRST_YEAR = 1753;
    private static final LocalDateTime SMALLDATETIME_FIRST = LocalDateTime.of(1900, 1, 1, 0, 0);
    private static final LocalDateTime SMALLDATETIME_END = LocalDateTime.of(2079, 6, 6, 0, 0);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private ExactValue() {}

    /**
     * The value as a row of a column has it, in the form that {@code dev.tidegate.tds.type.ValueCodec} documents.
     *
     * @return {@link #NONE} if it would not be exactly what the server makes of the parameter
     */
    public static Object in(TypeInfo column, Binding parameter) {
        SqlKind from = SqlKind.of(parameter.type());
        SqlKind to = SqlKind.of(column);
        Object value = parameter.value();
        if (value == null) {
            return nullTurnsInto(from, to) ? null : NONE;
        }
        return switch (to) {
            case BIT -> from == SqlKind.BIT ? value : NONE;
            case TINYINT -> whole(from, value, 0, 255);
            case SMALLINT -> whole(from, value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> whole(from, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(from, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL, NUMERIC -> decimal(from, value, column.precision(), column.scale());
            case MONEY -> money(from, value, MONEY_LIMIT);
            case SMALLMONEY -> money(from, value, SMALL_MONEY_LIMIT);
            case REAL -> from == SqlKind.REAL && Float.isFinite((Float) value) ? value : NONE;
            case FLOAT -> floating(from, value);
            case DATE -> from == SqlKind.DATE ? value : NONE;
            case TIME -> from == SqlKind.TIME && fits(((LocalTime) value).getNano(), column) ? value : NONE;
            case DATETIME2 ->
                from == SqlKind.DATETIME2 && fits(((LocalDateTime) value).getNano(), column) ? value : NONE;
            case DATETIMEOFFSET ->
                from == SqlKind.DATETIMEOFFSET && fits(((OffsetDateTime) value).getNano(), column) ? value : NONE;
            case DATETIME -> isMoment(from) ? datetime((LocalDateTime) value) : NONE;
            case SMALLDATETIME -> isMoment(from) ? smalldatetime((LocalDateTime) value) : NONE;
            case UNIQUEIDENTIFIER -> from == SqlKind.UNIQUEIDENTIFIER ? value : NONE;
            case NVARCHAR, NCHAR, VARCHAR, CHAR ->
                isText(from) ? text((String) value, parameter.type(), column, to) : NONE;
            case VARBINARY, BINARY -> from == SqlKind.VARBINARY ? binary((byte[]) value, column, to) : NONE;
            default -> NONE;
        };
    }

    /** A NULL has a type too, and there are types of which no value at all is converted to some others. */
    private static boolean nullTurnsInto(SqlKind from, SqlKind to) {
        return switch (to) {
            case BIT -> from == SqlKind.BIT || isText(from);
            case TINYINT, SMALLINT, INT, BIGINT, DECIMAL, NUMERIC -> isExactNumber(from) || isText(from);
            case MONEY, SMALLMONEY -> isExactNumber(from);
            case REAL, FLOAT -> from == SqlKind.REAL || from == SqlKind.FLOAT || isExactNumber(from) || isText(from);
            case DATE -> from == SqlKind.DATE || isText(from);
            case TIME -> from == SqlKind.TIME || isText(from);
            case DATETIME2, DATETIME, SMALLDATETIME -> isMoment(from) || isText(from);
            case DATETIMEOFFSET -> from == SqlKind.DATETIMEOFFSET || isText(from);
            case UNIQUEIDENTIFIER -> from == SqlKind.UNIQUEIDENTIFIER || isText(from);
            case NVARCHAR, NCHAR, VARCHAR, CHAR -> isText(from);
            case VARBINARY, BINARY -> from == SqlKind.VARBINARY;
            default -> false;
        };
    }

    private static boolean isText(SqlKind kind) {
        return kind == SqlKind.NVARCHAR || kind == SqlKind.VARCHAR;
    }

    private static boolean isMoment(SqlKind kind) {
        return kind == SqlKind.DATETIME2 || kind == SqlKind.DATETIME || kind == SqlKind.SMALLDATETIME;
    }

    private static boolean isExactNumber(SqlKind kind) {
        return kind.isInteger() || kind == SqlKind.DECIMAL || kind == SqlKind.MONEY || kind == SqlKind.SMALLMONEY;
    }

    private static Object whole(SqlKind from, Object value, long least, long most) {
        if (from.isInteger()) {
            long number = ((Number) value).longValue();
            return number >= least && number <= most ? value : NONE;
        }
        if (!isExactNumber(from)) {
            return NONE;
        }
        Object exact = scaled((BigDecimal) value, 0);
        return exact instanceof BigDecimal number
                        && number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0
                ? (Object) number.longValue()
                : NONE;
    }

    private static Object decimal(SqlKind from, Object value, int precision, int scale) {
        Object exact = exactNumber(from, value, scale);
        return exact instanceof BigDecimal number && number.precision() <= precision ? number : NONE;
    }

    private static Object money(SqlKind from, Object value, BigDecimal limit) {
        Object exact = exactNumber(from, value, MONEY_SCALE);
        return exact instanceof BigDecimal number && number.abs().compareTo(limit) <= 0 ? number : NONE;
    }

    private static Object exactNumber(SqlKind from, Object value, int scale) {
        if (!isExactNumber(from)) {
            return NONE;
        }
        return scaled(from.isInteger() ? BigDecimal.valueOf(((Number) value).longValue()) : (BigDecimal) value, scale);
    }

    private static Object scaled(BigDecimal value, int scale) {
        if (value.scale() == scale) {
            return value;
        }
        BigDecimal rounded = value.setScale(scale, RoundingMode.DOWN);
        return rounded.compareTo(value) == 0 ? rounded : NONE;
    }

    private static Object floating(SqlKind from, Object value) {
        boolean exact = from == SqlKind.FLOAT
                || from == SqlKind.REAL
                || from == SqlKind.TINYINT
                || from == SqlKind.SMALLINT
                || from == SqlKind.INT;
        return exact && Double.isFinite(((Number) value).doubleValue())
                ? (Object) ((Number) value).doubleValue()
                : NONE;
    }

    private static boolean fits(int nanos, TypeInfo type) {
        int unit = 1;
        for (int digits = type.scale(); digits < 9; digits++) {
            unit *= 10;
        }
        return nanos % unit == 0;
    }

    private static Object datetime(LocalDateTime value) {
        return value.getNano() % DATETIME_NANOS == 0 && value.getYear() >= DATETIME_FIRST_YEAR ? value : NONE;
    }

    private static Object smalldatetime(LocalDateTime value) {
        boolean whole = value.getSecond() == 0 && value.getNano() == 0;
        return whole && !value.isBefore(SMALLDATETIME_FIRST) && value.isBefore(SMALLDATETIME_END) ? value : NONE;
    }

    private static Object text(String value, TypeInfo sent, TypeInfo type, SqlKind to) {
        boolean narrow = to == SqlKind.VARCHAR || to == SqlKind.CHAR;
        boolean sentNarrow = SqlKind.of(sent) == SqlKind.VARCHAR;
        int length = type.maxLength() / (narrow ? 1 : 2);
        if (!type.isPlp() && value.length() > length
                || narrow && !isSameInCodePage(value, type)
                || sentNarrow && !isSameInCodePage(value, sent)) {
            return NONE;
        }
        boolean padded = to == SqlKind.CHAR || to == SqlKind.NCHAR;
        return padded && value.length() < length ? value + " ".repeat(length - value.length()) : value;
    }

    /** What a code page has not is replaced by what the server finds similar. */
    private static boolean isSameInCodePage(String value, TypeInfo type) {
        Charset charset = type.collation() == null
                ? StandardCharsets.US_ASCII
                : type.collation().charset();
        boolean latin = charset.equals(WINDOWS_1252);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80 && !(latin && c >= 0xA0 && c <= 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static Object binary(byte[] value, TypeInfo type, SqlKind to) {
        boolean fits = to == SqlKind.BINARY
                ? value.length == type.maxLength()
                : type.isPlp() || value.length <= type.maxLength();
        return fits ? value : NONE;
    }
}
