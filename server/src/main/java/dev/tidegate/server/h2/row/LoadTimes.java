package dev.tidegate.server.h2.row;

import org.h2.util.DateTimeUtils;
import org.h2.value.ValueDate;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimestamp;

/** Cells of dates and times that are loaded. */
final class LoadTimes {
    private static final int NANOS_PER_TICK = 100;

    private LoadTimes() {}

    /** date. */
    static final class Date extends LoadCell {
        @Override
        public void setDate(int row, int epochDay) {
            value = ValueDate.fromDateValue(DateTimeUtils.dateValueFromAbsoluteDay(epochDay));
        }
    }

    /** time, of no more digits than the column's. */
    static final class Time extends LoadCell {
        @Override
        public void setTime(int row, long ticks) {
            value = ValueTime.fromNanos(ticks * NANOS_PER_TICK);
        }
    }

    /** datetime, smalldatetime, and datetime2 of no more digits than the column's. */
    static final class Timestamp extends LoadCell {
        @Override
        public void setTimestamp(int row, int epochDay, long ticks) {
            value = ValueTimestamp.fromDateValueAndNanos(
                    DateTimeUtils.dateValueFromAbsoluteDay(epochDay), ticks * NANOS_PER_TICK);
        }
    }
}
