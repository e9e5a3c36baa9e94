package dev.tidegate.arrow.load;

import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;

/** Dates and times, from vectors that count in any unit. */
final class TemporalSources {
    private static final long NANOSECONDS_PER_TICK = 100;

    private TemporalSources() {}

    /** Since 1970-01-01 in UTC: date, smalldatetime, datetime, datetime2 and datetimeoffset. */
    static final class Timestamp extends FixedSource {
        private final Clock clock;
        private final TimestampRange range;
        /** Of each count of a run, what is left without its day. */
        private long[] left = new long[0];

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

        @Override
        public void getEpochDays(int first, int count, boolean[] nulls, long[] into) {
            readRun(first, count, nulls, into);
            for (int i = 0; i < count; i++) {
                if (!range.contains(into[i]) || range.precision() == null && left[i] != 0) {
                    // Says what is wrong with it.
                    getEpochDay(first + i);
                }
            }
        }

        @Override
        public void getTicks(int first, int count, boolean[] nulls, long[] into) {
            TimePrecision precision = range.precision();
            if (precision == null) {
                Arrays.fill(into, 0, count, 0);
                return;
            }
            long unit = clock.nanoseconds(1);
            if (!precision.holdsAll(unit)) {
                super.getTicks(first, count, nulls, into);
                return;
            }
            readRun(first, count, nulls, into);
            long ticks = unit / NANOSECONDS_PER_TICK;
            for (int i = 0; i < count; i++) {
                into[i] = left[i] * ticks;
            }
        }

        private void readRun(int first, int count, boolean[] nulls, long[] days) {
            if (left.length < count) {
                left = new long[count];
            }
            clock.read(window(first, count, clock.width()), count, days);
            clearNulls(days, count, nulls);
            clock.split(days, count, left);
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
