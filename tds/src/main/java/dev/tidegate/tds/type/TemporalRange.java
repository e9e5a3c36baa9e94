package dev.tidegate.tds.type;

import dev.tidegate.tds.packet.LittleEndian;
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

    static ValueOutOfRangeException outside(Object value, String least, String most) {
        return new ValueOutOfRangeException(value + " is out of range: " + least + " to " + most);
    }
}
