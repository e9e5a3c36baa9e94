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
}
