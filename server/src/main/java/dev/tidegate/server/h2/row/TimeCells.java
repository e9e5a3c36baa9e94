package dev.tidegate.server.h2.row;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import org.h2.util.DateTimeUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueDate;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;

/** Cells of dates and times. H2 counts nanoseconds, the wire 100 of them. */
final class TimeCells {
    private static final int NANOS_PER_TICK = 100;
    private static final int SECONDS_PER_MINUTE = 60;

    private TimeCells() {}

    /** date. */
    static final class Date extends TypedCell {
        Date(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) throws SqlServerException {
            day = epochDay(((ValueDate) value.convertTo(TypeInfo.TYPE_DATE, null)).getDateValue(), type);
        }
    }

    /** time. */
    static final class Time extends TypedCell {
        Time(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) {
            low = ticks(((ValueTime) value.convertTo(TypeInfo.TYPE_TIME, null)).getNanos(), type);
        }
    }

    /** datetime, smalldatetime and datetime2. */
    static final class Timestamp extends TypedCell {
        Timestamp(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) throws SqlServerException {
            ValueTimestamp timestamp = (ValueTimestamp) value.convertTo(TypeInfo.TYPE_TIMESTAMP, null);
            day = epochDay(timestamp.getDateValue(), type);
            low = ticks(timestamp.getTimeNanos(), type);
        }
    }

    /** datetimeoffset, which H2 keeps in local time and the wire in UTC. */
    static final class TimestampOffset extends TypedCell {
        TimestampOffset(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) throws SqlServerException {
            ValueTimestampTimeZone timestamp =
                    (ValueTimestampTimeZone) value.convertTo(TypeInfo.TYPE_TIMESTAMP_TZ, null);
            int seconds = timestamp.getTimeZoneOffsetSeconds();
            if (seconds % SECONDS_PER_MINUTE != 0) {
                throw new ValueOutOfRangeException(
                        "an offset of " + seconds + " seconds is out of range for " + type + ": whole minutes");
            }
            long nanos = timestamp.getTimeNanos() - seconds * DateTimeUtils.NANOS_PER_SECOND;
            long utc = DateTimeUtils.absoluteDayFromDateValue(timestamp.getDateValue())
                    + Math.floorDiv(nanos, DateTimeUtils.NANOS_PER_DAY);
            day = JavaForm.day(utc, type);
            low = ticks(Math.floorMod(nanos, DateTimeUtils.NANOS_PER_DAY), type);
            minutes = seconds / SECONDS_PER_MINUTE;
        }
    }

    private static int epochDay(long dateValue, SqlType type) throws SqlServerException {
        return JavaForm.day(DateTimeUtils.absoluteDayFromDateValue(dateValue), type);
    }

    private static long ticks(long nanos, SqlType type) {
        if (nanos % NANOS_PER_TICK != 0 && type.kind() != TypeKind.DATETIME) {
            throw new ValueOutOfRangeException(
                    nanos + " nanoseconds of a day have more digits than " + type + " takes");
        }
        // H2 keeps a datetime in milliseconds; what an expression has beyond them goes when it is rounded to 1/300 s.
        return nanos / NANOS_PER_TICK;
    }
}
