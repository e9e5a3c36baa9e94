package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Turns the bytes of one value, without what stands before them, into the Java form that {@link ValueCodec} documents. */
public final class ContentReader {
    private ContentReader() {}

    /**
     * Reads a value that is not NULL.
     *
     * @param length in bytes; the caller has checked that they are there
     * @throws TdsProtocolException if the bytes are no value of the type; its position is -1
     * @throws UnreadableValueException if the collation's code page is not supported, or has no character for some of the bytes
     */
    public static Object read(TypeInfo type, byte[] bytes, int offset, int length) throws IOException {
        SqlTypeName sqlType = type.sqlType();
        checkLength(sqlType, length);
        return switch (sqlType) {
            case NULL, TABLE -> throw new TdsProtocolException(type.type() + " has no values here", -1);
            case BIT -> bytes[offset] != 0;
            case TINYINT -> (short) (bytes[offset] & 0xFF);
            case SMALLINT -> LittleEndian.getShort(bytes, offset);
            case INT -> LittleEndian.getInt(bytes, offset);
            case BIGINT -> LittleEndian.getLong(bytes, offset);
            case REAL -> Float.intBitsToFloat(LittleEndian.getInt(bytes, offset));
            case FLOAT -> Double.longBitsToDouble(LittleEndian.getLong(bytes, offset));
            case DECIMAL, NUMERIC -> DecimalBytes.read(bytes, offset, length, type.scale());
            case SMALLMONEY, MONEY -> BigDecimal.valueOf(MoneyBytes.get(bytes, offset, length), MoneyBytes.SCALE);
            case DATE, TIME, SMALLDATETIME, DATETIME, DATETIME2, DATETIMEOFFSET ->
                temporal(type, bytes, offset, length);
            case UNIQUEIDENTIFIER -> GuidBytes.read(bytes, offset);
            case NCHAR, NVARCHAR, NTEXT, XML -> TextBytes.utf16(bytes, offset, length);
            case JSON -> TextBytes.decode(bytes, offset, length, StandardCharsets.UTF_8);
            case CHAR, VARCHAR, TEXT -> TextBytes.decode(bytes, offset, length, charset(type));
            case BINARY, VARBINARY, IMAGE, UDT -> Arrays.copyOfRange(bytes, offset, offset + length);
            case VECTOR -> VectorBytes.read(bytes, offset, length);
            case SQL_VARIANT -> VariantBytes.read(bytes, offset, length);
        };
    }

    /** The length that every value of a type has; -1 if values differ. */
    public static int fixedLength(SqlTypeName type) {
        return switch (type) {
            case BIT, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, REAL, SMALLMONEY, SMALLDATETIME -> 4;
            case BIGINT, FLOAT, MONEY, DATETIME -> 8;
            case DATE -> 3;
            case UNIQUEIDENTIFIER -> 16;
            default -> -1;
        };
    }

    /** Checks the length of values that all have one. */
    static void checkLength(SqlTypeName type, int length) throws TdsProtocolException {
        int expected = fixedLength(type);
        if (expected >= 0 && length != expected) {
            throw new TdsProtocolException(
                    "a value of " + type.sqlName() + " has " + length + " bytes, not " + expected, -1);
        }
    }

    /** The charset of a character type, whose absence is no fault of the stream. */
    static Charset charset(TypeInfo type) throws UnreadableValueException {
        try {
            return TextBytes.charsetOf(type);
        } catch (UnsupportedCollationException e) {
            throw new UnreadableValueException(-1, e.getMessage(), e);
        }
    }

    private static Object temporal(TypeInfo type, byte[] bytes, int offset, int length) throws TdsProtocolException {
        switch (type.sqlType()) {
            case DATE:
                return LocalDate.ofEpochDay(TemporalBytes.epochDay(bytes, offset));
            case SMALLDATETIME:
                return dateTime(
                        TemporalBytes.smalldatetimeDay(bytes, offset), TemporalBytes.smalldatetimeTicks(bytes, offset));
            case DATETIME:
                return dateTime(TemporalBytes.datetimeDay(bytes, offset), TemporalBytes.datetimeTicks(bytes, offset));
            default:
        }
        int timeLength = TypeInfo.timeLength(type.scale());
        int rest = length - timeLength;
        switch (type.sqlType()) {
            case TIME:
                checkRest(type, rest, 0);
                return time(TemporalBytes.ticks(bytes, offset, timeLength, type.scale()));
            case DATETIME2:
                checkRest(type, rest, 3);
                return dateTime(
                        TemporalBytes.epochDay(bytes, offset + timeLength),
                        TemporalBytes.ticks(bytes, offset, timeLength, type.scale()));
            default:
                checkRest(type, rest, 5);
                LocalDateTime utc = dateTime(
                        TemporalBytes.epochDay(bytes, offset + timeLength),
                        TemporalBytes.ticks(bytes, offset, timeLength, type.scale()));
                int minutes = TemporalBytes.offsetMinutes(bytes, offset + timeLength + 3);
                return OffsetDateTime.of(utc, ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * 60));
        }
    }

    private static void checkRest(TypeInfo type, int rest, int expected) throws TdsProtocolException {
        if (rest != expected) {
            throw new TdsProtocolException(
                    "a value of " + type.toSql() + " has " + (rest - expected) + " bytes more than its scale implies",
                    -1);
        }
    }

    private static LocalTime time(long ticks) {
        return LocalTime.ofNanoOfDay(ticks * 100);
    }

    private static LocalDateTime dateTime(int epochDay, long ticks) {
        return LocalDateTime.of(LocalDate.ofEpochDay(epochDay), time(ticks));
    }
}
