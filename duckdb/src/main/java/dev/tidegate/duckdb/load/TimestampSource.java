package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * date, smalldatetime, datetime, datetime2 and datetimeoffset, from a BIGINT vector that counts from 1970-01-01 in UTC. DuckDB's infinities
 * arrive as {@link #INFINITE}.
 */
final class TimestampSource extends ChunkSource {
    static final long INFINITE = Long.MAX_VALUE;

    /** What one unit of the vector is. */
    enum Unit {
        DAYS(1),
        MICROSECONDS(86_400_000_000L),
        NANOSECONDS(86_400_000_000_000L);

        private final long perDay;

        Unit(long perDay) {
            this.perDay = perDay;
        }
    }

    private final Unit unit;
    private final TimestampRange range;

    TimestampSource(String column, Unit unit, TimestampRange range) {
        super(column);
        this.unit = unit;
        this.range = range;
    }

    @Override
    public int getEpochDay(int row) {
        long value = vector().getLong(row);
        if (value == INFINITE) {
            throw misfit(row, "infinity", "SQL Server has no infinite dates; make it NULL in the query");
        }
        long day = Math.floorDiv(value, unit.perDay);
        if (!range.contains(day)) {
            throw misfit(row, LocalDate.ofEpochDay(day), range.bounds());
        }
        return (int) day;
    }

    @Override
    public long getTicks(int row) {
        TimePrecision precision = range.precision();
        if (precision == null) {
            return 0;
        }
        long value = vector().getLong(row);
        long nanoseconds = Math.floorMod(value, unit.perDay) * (Unit.NANOSECONDS.perDay / unit.perDay);
        if (!precision.holds(nanoseconds)) {
            throw misfit(
                    row,
                    LocalDateTime.of(
                            LocalDate.ofEpochDay(Math.floorDiv(value, unit.perDay)),
                            LocalTime.ofNanoOfDay(nanoseconds)),
                    precision.remedy());
        }
        return precision.ticks(nanoseconds);
    }

    /** DuckDB keeps the instant only. */
    @Override
    public int getOffsetMinutes(int row) {
        return 0;
    }
}
