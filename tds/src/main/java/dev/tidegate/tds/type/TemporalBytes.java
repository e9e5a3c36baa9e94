package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;

/**
 * Dates and times on the wire ([MS-TDS] 2.2.5.5.1.8), as numbers: days since 1970-01-01 and 100-nanosecond ticks since midnight. Each
 * method throws {@link TdsProtocolException} on a number outside the type's range.
 */
public final class TemporalBytes {
    /** Ticks of a day. */
    public static final long TICKS_PER_DAY = 864_000_000_000L;

    /** 0001-01-01 as days since 1970-01-01. */
    public static final int MIN_EPOCH_DAY = -719_162;

    /** 9999-12-31 as days since 1970-01-01. */
    public static final int MAX_EPOCH_DAY = 2_932_896;

    /** 1900-01-01, day 0 of datetime and smalldatetime. */
    public static final int EPOCH_DAY_1900 = -25_567;

    /** 1753-01-01, where datetime begins. */
    public static final int MIN_DATETIME_EPOCH_DAY = -79_257;

    /** 2079-06-06, where smalldatetime ends. */
    public static final int MAX_SMALLDATETIME_EPOCH_DAY = EPOCH_DAY_1900 + 65_535;

    /** 1/300 seconds of a day. */
    public static final int DATETIME_UNITS_PER_DAY = 25_920_000;

    /** Largest offset from UTC in minutes. */
    public static final int MAX_OFFSET_MINUTES = 840;

    private static final long[] TICKS_PER_UNIT = {10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TemporalBytes() {}

    /** Ticks of one unit of a time's scale, 0 to 7. */
    public static long ticksPerUnit(int scale) {
        return TICKS_PER_UNIT[scale];
    }

    /** A date of three bytes. */
    public static int epochDay(byte[] bytes, int offset) throws TdsProtocolException {
        return epochDay((bytes[offset] & 0xFF) | (bytes[offset + 1] & 0xFF) << 8 | (bytes[offset + 2] & 0xFF) << 16);
    }

    /** @param days since 0001-01-01, not negative */
    public static int epochDay(int days) throws TdsProtocolException {
        int day = MIN_EPOCH_DAY + days;
        if (day > MAX_EPOCH_DAY) {
            throw new TdsProtocolException("a date " + days + " days after 0001-01-01, beyond 9999-12-31", -1);
        }
        return day;
    }

    /**
     * A time of day.
     *
     * @param length 3 to 5
     */
    public static long ticks(byte[] bytes, int offset, int length, int scale) throws TdsProtocolException {
        long units = (bytes[offset] & 0xFF) | (bytes[offset + 1] & 0xFF) << 8 | (bytes[offset + 2] & 0xFF) << 16;
        if (length > 3) {
            units |= (bytes[offset + 3] & 0xFFL) << 24;
        }
        if (length > 4) {
            units |= (bytes[offset + 4] & 0xFFL) << 32;
        }
        long ticks = units * TICKS_PER_UNIT[scale];
        if (ticks >= TICKS_PER_DAY) {
            throw new TdsProtocolException("a time of " + units + " units of scale " + scale + ", beyond a day", -1);
        }
        return ticks;
    }

    /** The offset of a datetimeoffset, in minutes. */
    public static int offsetMinutes(byte[] bytes, int offset) throws TdsProtocolException {
        int minutes = LittleEndian.getShort(bytes, offset);
        if (minutes < -MAX_OFFSET_MINUTES || minutes > MAX_OFFSET_MINUTES) {
            throw new TdsProtocolException("an offset from UTC of " + minutes + " minutes, beyond 14 hours", -1);
        }
        return minutes;
    }

    /** The date of a datetime (8 bytes). */
    public static int datetimeDay(byte[] bytes, int offset) throws TdsProtocolException {
        long day = (long) EPOCH_DAY_1900 + LittleEndian.getInt(bytes, offset);
        if (day < MIN_DATETIME_EPOCH_DAY || day > MAX_EPOCH_DAY) {
            throw new TdsProtocolException(
                    "a datetime " + LittleEndian.getInt(bytes, offset) + " days from 1900-01-01, outside 1753 to 9999",
                    -1);
        }
        return (int) day;
    }

    /** The time of a datetime (8 bytes): whole milliseconds, which end in 0, 3 or 7 as SQL Server shows them. */
    public static long datetimeTicks(byte[] bytes, int offset) throws TdsProtocolException {
        int units = LittleEndian.getInt(bytes, offset + 4);
        if (units < 0 || units >= DATETIME_UNITS_PER_DAY) {
            throw new TdsProtocolException(
                    "a datetime of " + Integer.toUnsignedLong(units) + "/300 seconds, beyond a day", -1);
        }
        return (units * 10L + 1) / 3 * 10_000;
    }

    /** The date of a smalldatetime (4 bytes). */
    public static int smalldatetimeDay(byte[] bytes, int offset) {
        return EPOCH_DAY_1900 + LittleEndian.getUnsignedShort(bytes, offset);
    }

    /** The time of a smalldatetime (4 bytes). */
    public static long smalldatetimeTicks(byte[] bytes, int offset) throws TdsProtocolException {
        int minutes = LittleEndian.getUnsignedShort(bytes, offset + 2);
        if (minutes >= 1440) {
            throw new TdsProtocolException("a smalldatetime of " + minutes + " minutes, beyond a day", -1);
        }
        return minutes * 600_000_000L;
    }

    /** Puts a date of three bytes; the day must be in range. */
    public static void putDay(byte[] bytes, int offset, int epochDay) {
        int days = epochDay - MIN_EPOCH_DAY;
        bytes[offset] = (byte) days;
        bytes[offset + 1] = (byte) (days >>> 8);
        bytes[offset + 2] = (byte) (days >>> 16);
    }

    /**
     * Puts a time of day.
     *
     * @param length 3 to 5
     */
    public static void putUnits(byte[] bytes, int offset, long units, int length) {
        for (int i = 0; i < length; i++) {
            bytes[offset + i] = (byte) (units >>> 8 * i);
        }
    }
}
