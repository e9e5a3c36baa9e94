package dev.tidegate.client.column;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Times of day in units of 100 nanoseconds, as SQL Server counts them. */
public final class Ticks {
    public static final long PER_SECOND = 10_000_000L;
    public static final long PER_DAY = 86_400 * PER_SECOND;

    private Ticks() {}

    /** @param ticks 0 up to and without {@link #PER_DAY} */
    public static LocalDateTime toLocalDateTime(int epochDay, long ticks) {
        return LocalDateTime.of(LocalDate.ofEpochDay(epochDay), LocalTime.ofNanoOfDay(ticks * 100));
    }

    /** Since 1970-01-01; of the seventh digit nothing is left. */
    public static long toMicroseconds(int epochDay, long ticks) {
        return epochDay * (PER_DAY / 10) + ticks / 10;
    }

    /**
     * Since 1970-01-01.
     *
     * @throws ArithmeticException for what 64 bits do not hold: before 1677-09-21 and after 2262-04-11
     */
    public static long toNanoseconds(int epochDay, long ticks) {
        // Days before 1970 start from the following midnight: the sum stays in range where the first term alone would
        // not.
        return epochDay < 0
                ? Math.addExact(Math.multiplyExact(epochDay + 1L, PER_DAY * 100), (ticks - PER_DAY) * 100)
                : Math.addExact(Math.multiplyExact((long) epochDay, PER_DAY * 100), ticks * 100);
    }
}
