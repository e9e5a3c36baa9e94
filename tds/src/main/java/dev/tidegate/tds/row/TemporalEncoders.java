package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.TemporalBytes;
import dev.tidegate.tds.type.TemporalRange;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/** Encoders of dates and times. */
final class TemporalEncoders {
    private TemporalEncoders() {}

    /** date. */
    static final class Date extends ColumnEncoder {
        Date(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            int day = TemporalRange.checkDay(source.getEpochDay(row));
            int at = begin(out, 3);
            TemporalBytes.putDay(out.buffer(), at, day);
        }
    }

    /** time. */
    static final class Time extends ColumnEncoder {
        private final int scale;
        private final int timeLength;

        Time(TypeInfo type) {
            super(type);
            this.scale = type.scale();
            this.timeLength = TypeInfo.timeLength(scale);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long units = TemporalRange.toUnits(source.getTicks(row), scale);
            int at = begin(out, timeLength);
            TemporalBytes.putUnits(out.buffer(), at, units, timeLength);
        }
    }

    /** smalldatetime. */
    static final class SmallDateTime extends ColumnEncoder {
        /** So that nothing is written of a value out of range. */
        private final byte[] value = new byte[4];

        SmallDateTime(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            int day = source.getEpochDay(row);
            long ticks = TemporalRange.checkTicks(source.getTicks(row));
            TemporalRange.putSmalldatetime(value, 0, day, ticks * 100);
            int at = begin(out, 4);
            System.arraycopy(value, 0, out.buffer(), at, 4);
        }
    }

    /** datetime. */
    static final class DateTime extends ColumnEncoder {
        /** So that nothing is written of a value out of range. */
        private final byte[] value = new byte[8];

        DateTime(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            int day = source.getEpochDay(row);
            long ticks = TemporalRange.checkTicks(source.getTicks(row));
            TemporalRange.putDatetime(value, 0, day, ticks * 100);
            int at = begin(out, 8);
            System.arraycopy(value, 0, out.buffer(), at, 8);
        }
    }

    /** datetime2. */
    static final class DateTime2 extends ColumnEncoder {
        private final int scale;
        private final int timeLength;

        DateTime2(TypeInfo type) {
            super(type);
            this.scale = type.scale();
            this.timeLength = TypeInfo.timeLength(scale);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long units = TemporalRange.toUnits(source.getTicks(row), scale);
            int day = TemporalRange.checkDay(source.getEpochDay(row));
            int at = begin(out, timeLength + 3);
            TemporalBytes.putUnits(out.buffer(), at, units, timeLength);
            TemporalBytes.putDay(out.buffer(), at + timeLength, day);
        }
    }

    /** datetimeoffset. */
    static final class DateTimeOffset extends ColumnEncoder {
        private final int scale;
        private final int timeLength;

        DateTimeOffset(TypeInfo type) {
            super(type);
            this.scale = type.scale();
            this.timeLength = TypeInfo.timeLength(scale);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long ticks = source.getTicks(row);
            long units = TemporalRange.toUnits(ticks, scale);
            int day = TemporalRange.checkDay(source.getEpochDay(row));
            int minutes = TemporalRange.checkOffset(source.getOffsetMinutes(row), day, ticks);
            int at = begin(out, timeLength + 5);
            TemporalBytes.putUnits(out.buffer(), at, units, timeLength);
            TemporalBytes.putDay(out.buffer(), at + timeLength, day);
            LittleEndian.putShort(out.buffer(), at + timeLength + 3, (short) minutes);
        }
    }
}
