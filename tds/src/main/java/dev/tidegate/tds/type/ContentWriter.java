package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.packet.Utf16;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Turns a Java form into the bytes of a value of bounded length, without what stands before them. */
final class ContentWriter {
    private ContentWriter() {}

    /** @throws ValueOutOfRangeException if the value does not fit */
    static byte[] bytes(TypeInfo type, Object value) {
        String name = type.sqlType().sqlName();
        return switch (type.sqlType()) {
            case BIT -> new byte[] {(byte) (JavaForms.toBoolean(value) ? 1 : 0)};
            case TINYINT -> whole(JavaForms.toLong(value, name), 0, 255, 1, name);
            case SMALLINT -> whole(JavaForms.toLong(value, name), Short.MIN_VALUE, Short.MAX_VALUE, 2, name);
            case INT -> whole(JavaForms.toLong(value, name), Integer.MIN_VALUE, Integer.MAX_VALUE, 4, name);
            case BIGINT -> whole(JavaForms.toLong(value, name), Long.MIN_VALUE, Long.MAX_VALUE, 8, name);
            case REAL -> little(Float.floatToRawIntBits(FloatRange.toReal(JavaForms.toDouble(value, name))), 4);
            case FLOAT -> little(Double.doubleToRawLongBits(FloatRange.finite(JavaForms.toDouble(value, name))), 8);
            case DECIMAL, NUMERIC -> decimal(type, value);
            case SMALLMONEY, MONEY -> money(type, value);
            case DATE -> date(JavaForms.toDate(value));
            case TIME -> time(type, JavaForms.toTime(value));
            case SMALLDATETIME -> smalldatetime(JavaForms.toDateTime(value, name));
            case DATETIME -> datetime(JavaForms.toDateTime(value, name));
            case DATETIME2 -> datetime2(type, JavaForms.toDateTime(value, name));
            case DATETIMEOFFSET -> datetimeoffset(type, JavaForms.toOffsetDateTime(value));
            case UNIQUEIDENTIFIER -> uuid(JavaForms.toUuid(value));
            case NCHAR, NVARCHAR, NTEXT, XML -> utf16(type, JavaForms.toText(value, name));
            case CHAR, VARCHAR, TEXT, JSON ->
                checked(type, TextBytes.encode(JavaForms.toText(value, name), TextBytes.charsetOf(type)));
            case BINARY, VARBINARY, IMAGE, UDT -> checked(type, JavaForms.toBytes(value, name));
            case VECTOR -> VectorBytes.write(JavaForms.toVector(value), type);
            default -> throw new ValueOutOfRangeException(name + " takes no value here");
        };
    }

    private static byte[] whole(long value, long least, long most, int length, String type) {
        if (value < least || value > most) {
            throw new ValueOutOfRangeException(value + " is out of range for " + type + ": " + least + " to " + most);
        }
        return little(value, length);
    }

    private static byte[] little(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    private static byte[] decimal(TypeInfo type, Object value) {
        BigInteger unscaled = DecimalBytes.unscaled(
                JavaForms.toDecimal(value, type.toSql()), type.precision(), type.scale(), type.toSql());
        byte[] bytes = new byte[Math.max(type.maxLength(), TypeInfo.decimalLength(type.precision()))];
        bytes[0] = (byte) (unscaled.signum() < 0 ? 0 : 1);
        byte[] magnitude = unscaled.abs().toByteArray();
        for (int i = 0; i < magnitude.length && i < bytes.length - 1; i++) {
            bytes[1 + i] = magnitude[magnitude.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] money(TypeInfo type, Object value) {
        boolean small = type.sqlType() == SqlTypeName.SMALLMONEY;
        String name = type.sqlType().sqlName();
        BigInteger unscaled = DecimalBytes.unscaled(JavaForms.toDecimal(value, name), 38, MoneyBytes.SCALE, name);
        if (unscaled.bitLength() > (small ? 31 : 63)) {
            throw new ValueOutOfRangeException(value + " is out of range for " + name + ": "
                    + (small ? "-214748.3648 to 214748.3647" : "-922337203685477.5808 to 922337203685477.5807"));
        }
        if (small) {
            return little(unscaled.longValue(), 4);
        }
        byte[] bytes = new byte[8];
        MoneyBytes.put(bytes, 0, unscaled.longValue());
        return bytes;
    }

    private static byte[] date(LocalDate date) {
        byte[] bytes = new byte[3];
        TemporalBytes.putDay(bytes, 0, TemporalRange.checkDay(date.toEpochDay()));
        return bytes;
    }

    private static byte[] time(TypeInfo type, LocalTime time) {
        int timeLength = TypeInfo.timeLength(type.scale());
        byte[] bytes = new byte[timeLength];
        TemporalBytes.putUnits(bytes, 0, units(type, time), timeLength);
        return bytes;
    }

    private static byte[] datetime2(TypeInfo type, LocalDateTime value) {
        return dateTimeBytes(type, value, 3);
    }

    private static byte[] dateTimeBytes(TypeInfo type, LocalDateTime value, int rest) {
        int timeLength = TypeInfo.timeLength(type.scale());
        byte[] bytes = new byte[timeLength + rest];
        TemporalBytes.putUnits(bytes, 0, units(type, value.toLocalTime()), timeLength);
        TemporalBytes.putDay(
                bytes, timeLength, TemporalRange.checkDay(value.toLocalDate().toEpochDay()));
        return bytes;
    }

    private static byte[] datetimeoffset(TypeInfo type, OffsetDateTime value) {
        int seconds = value.getOffset().getTotalSeconds();
        if (seconds % 60 != 0 || Math.abs(seconds) > TemporalBytes.MAX_OFFSET_MINUTES * 60) {
            throw new ValueOutOfRangeException("offset " + value.getOffset()
                    + " is out of range for datetimeoffset: whole minutes, -14:00 to +14:00");
        }
        // The local date must be in range besides the one in UTC.
        TemporalRange.checkDay(value.toLocalDate().toEpochDay());
        byte[] bytes = dateTimeBytes(type, value.toLocalDateTime().minusSeconds(seconds), 5);
        LittleEndian.putShort(bytes, bytes.length - 2, (short) (seconds / 60));
        return bytes;
    }

    private static long units(TypeInfo type, LocalTime time) {
        long nanos = time.toNanoOfDay();
        if (nanos % 100 != 0) {
            throw TemporalRange.tooPrecise(time, type.scale());
        }
        return TemporalRange.toUnits(nanos / 100, type.scale());
    }

    private static byte[] datetime(LocalDateTime value) {
        byte[] bytes = new byte[8];
        TemporalRange.putDatetime(
                bytes, 0, value.toLocalDate().toEpochDay(), value.toLocalTime().toNanoOfDay());
        return bytes;
    }

    private static byte[] smalldatetime(LocalDateTime value) {
        byte[] bytes = new byte[4];
        TemporalRange.putSmalldatetime(
                bytes, 0, value.toLocalDate().toEpochDay(), value.toLocalTime().toNanoOfDay());
        return bytes;
    }

    private static byte[] uuid(UUID value) {
        byte[] bytes = new byte[GuidBytes.LENGTH];
        GuidBytes.put(bytes, 0, value.getMostSignificantBits(), value.getLeastSignificantBits());
        return bytes;
    }

    private static byte[] utf16(TypeInfo type, CharSequence text) {
        if (text.length() > type.maxLength() / 2) {
            throw tooLong(type, text.length() * 2L);
        }
        return Utf16.encode(text);
    }

    private static byte[] checked(TypeInfo type, byte[] bytes) {
        if (!type.isPlp() && bytes.length > type.maxLength()) {
            throw tooLong(type, bytes.length);
        }
        return bytes;
    }

    static ValueOutOfRangeException tooLong(TypeInfo type, long length) {
        String unit = type.sqlType().isUnicode() ? length / 2 + " UTF-16 code units" : length + " bytes";
        return new ValueOutOfRangeException(unit + " do not fit " + type.toSql());
    }
}
