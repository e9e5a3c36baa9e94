package dev.tidegate.arrow.load;

import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Dates and times, from vectors that count in any unit. */
final class TemporalSources {
    private TemporalSources() {}

    /** Since 1970-01-01 in UTC: date, smalldatetime, datetime, datetime2 and datetimeoffset. */
    static final class Timestamp extends FixedSource {
        private final Clock clock;
        private final TimestampRange range;

        Timestamp(String column, Clock clock, TimestampRange range) {
            super(column);
            this.clock = clock;
            this.range = range;
        }

        @Override
        public int getEpochDay(int row) {
            long value = clock.count(values(), row);
            long day = Math.floorDiv(value, clock.perDay());
            if (!range.contains(day)) {
                throw misfit(row, value + " (" + clock.perDay() + " a day since 1970-01-01)", range.bounds());
            }
            if (range.precision() == null && Math.floorMod(value, clock.perDay()) != 0) {
                throw misfit(row, value + " milliseconds since 1970-01-01", "a date has no time of day");
            }
            return (int) day;
        }

        @Override
        public long getTicks(int row) {
            TimePrecision precision = range.precision();
            if (precision == null) {
                return 0;
            }
            long value = clock.count(values(), row);
            long nanoseconds = clock.nanoseconds(Math.floorMod(value, clock.perDay()));
            if (!precision.holds(nanoseconds)) {
                LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(value, clock.perDay()));
                throw misfit(row, LocalDateTime.of(day, LocalTime.ofNanoOfDay(nanoseconds)), precision.remedy());
            }
            return precision.ticks(nanoseconds);
        }

        /** Arrow keeps the instant only. */
        @Override
        public int getOffsetMinutes(int row) {
            return 0;
        }
    }

    /** Since midnight: time. */
    static final class Time extends FixedSource {
        private final Clock clock;
        private final TimePrecision precision;

        Time(String column, Clock clock, TimePrecision precision) {
            super(column);
            this.clock = clock;
            this.precision = precision;
        }

        @Override
        public long getTicks(int row) {
            long value = clock.count(values(), row);
            if (value < 0 || value >= clock.perDay()) {
                throw misfit(
                        row,
                        value + " of " + clock.perDay() + " a day",
                        "SQL Server's time goes from 00:00:00 to 23:59:59.9999999");
            }
            long nanoseconds = clock.nanoseconds(value);
            if (!precision.holds(nanoseconds)) {
                throw misfit(row, LocalTime.ofNanoOfDay(nanoseconds), precision.remedy());
            }
            return precision.ticks(nanoseconds);
        }
    }
}
