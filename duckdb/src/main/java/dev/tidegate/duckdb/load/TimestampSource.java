package dev.tidegate.duckdb.load;

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
    private final TimePrecision precision;
    private final LocalDate first;
    private final LocalDate last;

    /** @param precision null for a date */
    TimestampSource(String column, Unit unit, TimePrecision precision, LocalDate first, LocalDate last) {
        super(column);
        this.unit = unit;
        this.precision = precision;
        this.first = first;
        this.last = last;
    }

    @Override
    public int getEpochDay(int row) {
        long value = vector().getLong(row);
        if (value == INFINITE) {
            throw misfit(row, "infinity", "SQL Server has no infinite dates; make it NULL in the query");
        }
        long day = Math.floorDiv(value, unit.perDay);
        if (day < first.toEpochDay() || day > last.toEpochDay()) {
            throw misfit(row, LocalDate.ofEpochDay(day), "the column holds " + first + " to " + last);
        }
        return (int) day;
    }

    @Override
    public long getTicks(int row) {
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
