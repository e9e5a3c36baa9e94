package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TemporalBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/** Decoders of dates and times. */
final class TemporalDecoders {
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
    }
}
