package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.type.TemporalBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Decoders of dates and times. */
final class TemporalDecoders {
    private static final int THREE_BYTES = 0xFF_FFFF;

    private TemporalDecoders() {}

    /** date. */
    static final class Date extends BoundedDecoder {
        Date(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setDate(row, TemporalBytes.epochDay(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int[] days = run.ints();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    days[i] = 0;
                    continue;
                }
                days[i] = TemporalBytes.epochDay(LittleEndian.getInt(bytes, at) & THREE_BYTES);
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int beyond = 0;
            for (int i = 0, to = at; i < run.count(); i++, to += Integer.BYTES) {
                int from = run.start(i);
                int day = TemporalBytes.MIN_EPOCH_DAY + (LittleEndian.getInt(bytes, Math.max(from, 0)) & THREE_BYTES);
                // Negative for what is no date; what stands in the place of NULL does not count.
                beyond |= TemporalBytes.MAX_EPOCH_DAY - day & ~(from >> Integer.SIZE - 1);
                target.putInt(to, day);
            }
            if (beyond < 0) {
                // Says which.
                fill(run);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDates(run);
        }
    }

    /** time. */
    static final class Time extends BoundedDecoder {
        private final int scale;

        Time(TypeInfo type) {
            super(type);
            this.scale = type.scale();
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setTime(row, TemporalBytes.ticks(bytes, at, length, scale));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            long[] ticks = run.longs();
            int length = layout.maxContent;
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    ticks[i] = 0;
                    continue;
                }
                ticks[i] = TemporalBytes.ticks(bytes, at, length, scale);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTimes(run);
        }
    }

    /** smalldatetime. */
    static final class SmallDateTime extends BoundedDecoder {
        SmallDateTime(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setTimestamp(
                    row, TemporalBytes.smalldatetimeDay(bytes, at), TemporalBytes.smalldatetimeTicks(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int[] days = run.ints();
            long[] ticks = run.longs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    days[i] = 0;
                    ticks[i] = 0;
                    continue;
                }
                days[i] = TemporalBytes.smalldatetimeDay(bytes, at);
                ticks[i] = TemporalBytes.smalldatetimeTicks(bytes, at);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTimestamps(run);
        }
    }

    /** datetime. */
    static final class DateTime extends BoundedDecoder {
        DateTime(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setTimestamp(row, TemporalBytes.datetimeDay(bytes, at), TemporalBytes.datetimeTicks(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int[] days = run.ints();
            long[] ticks = run.longs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    days[i] = 0;
                    ticks[i] = 0;
                    continue;
                }
                days[i] = TemporalBytes.datetimeDay(bytes, at);
                ticks[i] = TemporalBytes.datetimeTicks(bytes, at);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTimestamps(run);
        }
    }

    /** datetime2. */
    static final class DateTime2 extends BoundedDecoder {
        private final int scale;
        private final int timeLength;

        DateTime2(TypeInfo type) {
            super(type);
            this.scale = type.scale();
            this.timeLength = TypeInfo.timeLength(scale);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setTimestamp(
                    row,
                    TemporalBytes.epochDay(bytes, at + timeLength),
                    TemporalBytes.ticks(bytes, at, timeLength, scale));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int[] days = run.ints();
            long[] ticks = run.longs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    days[i] = 0;
                    ticks[i] = 0;
                    continue;
                }
                days[i] = TemporalBytes.epochDay(LittleEndian.getInt(bytes, at + timeLength) & THREE_BYTES);
                ticks[i] = TemporalBytes.ticks(bytes, at, timeLength, scale);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTimestamps(run);
        }
    }

    /** datetimeoffset. */
    static final class DateTimeOffset extends BoundedDecoder {
        private final int scale;
        private final int timeLength;

        DateTimeOffset(TypeInfo type) {
            super(type);
            this.scale = type.scale();
            this.timeLength = TypeInfo.timeLength(scale);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setTimestampOffset(
                    row,
                    TemporalBytes.epochDay(bytes, at + timeLength),
                    TemporalBytes.ticks(bytes, at, timeLength, scale),
                    TemporalBytes.offsetMinutes(bytes, at + timeLength + 3));
            return at + length;
        }

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            int[] days = run.ints();
            long[] ticks = run.longs();
            int[] minutes = run.minutes();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    days[i] = 0;
                    ticks[i] = 0;
                    minutes[i] = 0;
                    continue;
                }
                days[i] = TemporalBytes.epochDay(LittleEndian.getInt(bytes, at + timeLength) & THREE_BYTES);
                ticks[i] = TemporalBytes.ticks(bytes, at, timeLength, scale);
                minutes[i] = TemporalBytes.offsetMinutes(bytes, at + timeLength + 3);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTimestampOffsets(run);
        }
    }
}
