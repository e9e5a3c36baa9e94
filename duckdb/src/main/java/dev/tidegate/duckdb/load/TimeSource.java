package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Ticks;
import dev.tidegate.client.column.TimePrecision;
import java.time.LocalTime;

/** time, from a BIGINT vector of nanoseconds since midnight. */
final class TimeSource extends ChunkSource {
    private final TimePrecision precision;

    TimeSource(String column, TimePrecision precision) {
        super(column);
        this.precision = precision;
    }

    @Override
    public long getTicks(int row) {
        long nanoseconds = vector().getLong(row);
        if (nanoseconds >= Ticks.PER_DAY * 100) {
            throw misfit(row, "24:00:00", "SQL Server's time ends at 23:59:59.9999999");
        }
        if (!precision.holds(nanoseconds)) {
            throw misfit(row, LocalTime.ofNanoOfDay(nanoseconds), precision.remedy());
        }
        return precision.ticks(nanoseconds);
    }
}
