package dev.tidegate.arrow.load;

import dev.tidegate.tds.LittleEndian;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * How a vector counts time.
 *
 * @param perDay units of a day
 * @param isWide whether a count has 64 bits; else 32
 */
record Clock(long perDay, boolean isWide) {
    static final long NANOSECONDS_PER_DAY = 86_400_000_000_000L;

    static Clock of(ArrowType.Date type) {
        return type.getUnit() == DateUnit.DAY ? new Clock(1, false) : new Clock(86_400_000L, true);
    }

    static Clock of(ArrowType.Time type) {
        return new Clock(perDay(type.getUnit()), type.getBitWidth() == Long.SIZE);
    }

    static Clock of(ArrowType.Timestamp type) {
        return new Clock(perDay(type.getUnit()), true);
    }

    private static long perDay(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 86_400L;
            case MILLISECOND -> 86_400_000L;
            case MICROSECOND -> 86_400_000_000L;
            case NANOSECOND -> NANOSECONDS_PER_DAY;
        };
    }

    long count(ArrowBuf values, int row) {
        return isWide ? values.getLong(8L * row) : values.getInt(4L * row);
    }

    /** Bytes of a count. */
    int width() {
        return isWide ? Long.BYTES : Integer.BYTES;
    }

    /** Counts that stand side by side from the array's start on. */
    void read(byte[] window, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isWide
                    ? LittleEndian.getLong(window, Long.BYTES * i)
                    : LittleEndian.getInt(window, Integer.BYTES * i);
        }
    }

    /** Parts counts into days, which take their place, and what is left of each. */
    void split(long[] counts, int count, long[] left) {
        // With a number that the compiler knows a division is a multiplication.
        if (perDay == 86_400_000_000L) {
            split(counts, count, left, 86_400_000_000L);
        } else if (perDay == NANOSECONDS_PER_DAY) {
            split(counts, count, left, NANOSECONDS_PER_DAY);
        } else if (perDay == 86_400_000L) {
            split(counts, count, left, 86_400_000L);
        } else if (perDay == 1) {
            Arrays.fill(left, 0, count, 0);
        } else {
            split(counts, count, left, perDay);
        }
    }

    private static void split(long[] counts, int count, long[] left, long perDay) {
        for (int i = 0; i < count; i++) {
            long day = Math.floorDiv(counts[i], perDay);
            left[i] = counts[i] - day * perDay;
            counts[i] = day;
        }
    }

    long nanoseconds(long unitsOfADay) {
        return unitsOfADay * (NANOSECONDS_PER_DAY / perDay);
    }
}
