package dev.tidegate.arrow.load;

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

    long nanoseconds(long unitsOfADay) {
        return unitsOfADay * (NANOSECONDS_PER_DAY / perDay);
    }
}
