package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import java.time.LocalDate;
import java.time.LocalTime;

/** Writes the older date types within the ranges that they have. */
public final class TemporalRange {
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private TemporalRange() {}

    /**
     * Puts a datetime (8 bytes), its time rounded to 1/300 s as SQL Server does.
     *
     * @throws ValueOutOfRangeException outside 1753-01-01 to 9999-12-31 23:59:59.998
     */
    public static void putDatetime(byte[] bytes, int offset, long epochDay, long nanoOfDay) {
        long day = epochDay;
        int units = (int) ((nanoOfDay * 3 + 5_000_000) / 10_000_000);
        if (units == TemporalBytes.DATETIME_UNITS_PER_DAY) {
            units = 0;
            day++;
        }
        if (day < TemporalBytes.MIN_DATETIME_EPOCH_DAY || day > TemporalBytes.MAX_EPOCH_DAY) {
            throw outside(
                    LocalDate.ofEpochDay(epochDay) + "T" + LocalTime.ofNanoOfDay(nanoOfDay),
                    "1753-01-01",
                    "9999-12-31T23:59:59.998");
        }
        LittleEndian.putInt(bytes, offset, (int) day - TemporalBytes.EPOCH_DAY_1900);
        LittleEndian.putInt(bytes, offset + 4, units);
    }

    /**
     * Puts a smalldatetime (4 bytes).
     *
     * @throws ValueOutOfRangeException outside 1900-01-01 to 2079-06-06, or not a whole minute
     */
    public static void putSmalldatetime(byte[] bytes, int offset, long epochDay, long nanoOfDay) {
        if (epochDay < TemporalBytes.EPOCH_DAY_1900 || epochDay > TemporalBytes.MAX_SMALLDATETIME_EPOCH_DAY) {
            throw outside(LocalDate.ofEpochDay(epochDay), "1900-01-01", "2079-06-06");
        }
        if (nanoOfDay % NANOS_PER_MINUTE != 0) {
            throw new ValueOutOfRangeException(
                    LocalTime.ofNanoOfDay(nanoOfDay) + " is not a whole minute, which smalldatetime holds");
        }
        LittleEndian.putShort(bytes, offset, (short) (epochDay - TemporalBytes.EPOCH_DAY_1900));
        LittleEndian.putShort(bytes, offset + 2, (short) (nanoOfDay / NANOS_PER_MINUTE));
    }

    /** @throws ValueOutOfRangeException outside 0001-01-01 to 9999-12-31 */
    public static int checkDay(long epochDay) {
        if (epochDay < TemporalBytes.MIN_EPOCH_DAY || epochDay > TemporalBytes.MAX_EPOCH_DAY) {
            throw outside(LocalDate.ofEpochDay(epochDay), "0001-01-01", "9999-12-31");
        }
        return (int) epochDay;
    }

    /** @throws ValueOutOfRangeException if the ticks are not those of a time of day */
    public static long checkTicks(long ticks) {
        if (ticks < 0 || ticks >= TemporalBytes.TICKS_PER_DAY) {
            throw outside(ticks + " ticks of 100 ns", "0", (TemporalBytes.TICKS_PER_DAY - 1) + " since midnight");
        }
        return ticks;
    }

    /**
     * A time of day in units of a scale.
     *
     * @throws ValueOutOfRangeException if the scale has too few digits for it, or it is no time of day
     */
    public static long toUnits(long ticks, int scale) {
        long perUnit = TemporalBytes.ticksPerUnit(scale);
        if (checkTicks(ticks) % perUnit != 0) {
            throw tooPrecise(LocalTime.ofNanoOfDay(ticks * 100), scale);
        }
        return ticks / perUnit;
    }

    /**
     * The offset of a datetimeoffset.
     *
     * @param epochDay in UTC
     * @param ticks in UTC
     * @throws ValueOutOfRangeException if the offset is beyond 14 hours, or leads out of the years 1 to 9999
     */
    public static int checkOffset(int minutes, int epochDay, long ticks) {
        if (Math.abs((long) minutes) > TemporalBytes.MAX_OFFSET_MINUTES) {
            throw outside("an offset of " + minutes + " minutes", "-840", "840");
        }
        checkDay(epochDay + Math.floorDiv(ticks + minutes * 600_000_000L, TemporalBytes.TICKS_PER_DAY));
        return minutes;
    }

    static ValueOutOfRangeException tooPrecise(LocalTime time, int scale) {
        return new ValueOutOfRangeException(
                time + " has more digits after the second than the " + scale + " that the type takes");
    }

    static ValueOutOfRangeException outside(Object value, String least, String most) {
        return new ValueOutOfRangeException(value + " is out of range: " + least + " to " + most);
    }
}
