package dev.tidegate.arrow.read;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Ticks;
import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.arrow.memory.BufferAllocator;

/** Dates and times. Those with a seventh digit are counted in nanoseconds, all others in microseconds. */
final class TemporalSinks {
    private TemporalSinks() {}

    /** date, in days since 1970-01-01. */
    static final class Date extends PlacedSink {
        Date(String column, BufferAllocator allocator) {
            super(column, allocator, Integer.BYTES);
        }

        @Override
        public void setDate(int row, int epochDay) {
            data().putInt(at(row) * Integer.BYTES, epochDay);
        }
    }

    /** time, since midnight. */
    static final class Time extends FixedSink {
        private final boolean nanoseconds;

        Time(String column, BufferAllocator allocator, boolean nanoseconds) {
            super(column, allocator, Long.BYTES);
            this.nanoseconds = nanoseconds;
        }

        @Override
        public void setTime(int row, long ticks) {
            data().putLong(at(row) * Long.BYTES, nanoseconds ? ticks * 100 : ticks / 10);
        }

        @Override
        public void setTimes(ValueRun run) {
            ByteBuffer data = data();
            long[] ticks = run.longs();
            int first = at(run.row());
            for (int i = 0; i < run.count(); i++) {
                data.putLong((first + i) * Long.BYTES, nanoseconds ? ticks[i] * 100 : ticks[i] / 10);
            }
            markNulls(run);
        }
    }

    /** Since 1970-01-01. */
    private abstract static class Instants extends FixedSink {
        private final boolean nanoseconds;

        Instants(String column, BufferAllocator allocator, boolean nanoseconds) {
            super(column, allocator, Long.BYTES);
            this.nanoseconds = nanoseconds;
        }

        final void put(int row, int epochDay, long ticks) {
            data().putLong(at(row) * Long.BYTES, value(row, epochDay, ticks));
        }

        final long value(int row, int epochDay, long ticks) {
            return nanoseconds ? nanoseconds(row, epochDay, ticks) : Ticks.toMicroseconds(epochDay, ticks);
        }

        private long nanoseconds(int row, int epochDay, long ticks) {
            try {
                return Ticks.toNanoseconds(epochDay, ticks);
            } catch (ArithmeticException e) {
                throw misfit(
                        row,
                        shown(epochDay, ticks),
                        "with a seventh digit it becomes nanoseconds, which hold 1677-09-21 to 2262-04-11; allow the loss"
                                + " of time digits (" + Loss.TIME.hint()
                                + ") to read the column in microseconds, or cast"
                                + " it to six digits");
            }
        }

        abstract Object shown(int epochDay, long ticks);
    }

    /** smalldatetime, datetime and datetime2. */
    static final class Timestamp extends Instants {
        Timestamp(String column, BufferAllocator allocator, boolean nanoseconds) {
            super(column, allocator, nanoseconds);
        }

        @Override
        public void setTimestamp(int row, int epochDay, long ticks) {
            put(row, epochDay, ticks);
        }

        @Override
        Object shown(int epochDay, long ticks) {
            return Ticks.toLocalDateTime(epochDay, ticks);
        }

        @Override
        public void setTimestamps(ValueRun run) {
            ByteBuffer data = data();
            int[] days = run.ints();
            long[] ticks = run.longs();
            int first = at(run.row());
            for (int i = 0; i < run.count(); i++) {
                data.putLong((first + i) * Long.BYTES, value(run.row() + i, days[i], ticks[i]));
            }
            markNulls(run);
        }
    }

    /** datetimeoffset: the instant. */
    static final class WithOffset extends Instants {
        private final boolean dropsOffset;

        WithOffset(String column, BufferAllocator allocator, boolean nanoseconds, boolean dropsOffset) {
            super(column, allocator, nanoseconds);
            this.dropsOffset = dropsOffset;
        }

        @Override
        public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
            if (offsetMinutes != 0 && !dropsOffset) {
                LocalDateTime utc = Ticks.toLocalDateTime(utcEpochDay, utcTicks);
                OffsetDateTime value = utc.atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
                throw misfit(
                        row,
                        value,
                        "an Arrow timestamp keeps the instant but not each value's offset; allow its loss ("
                                + Loss.OFFSET.hint()
                                + "), or select the column as text or with DATEPART(tzoffset, …) beside it");
            }
            put(row, utcEpochDay, utcTicks);
        }

        @Override
        Object shown(int epochDay, long ticks) {
            return Ticks.toLocalDateTime(epochDay, ticks).atOffset(ZoneOffset.UTC);
        }
    }
}
