package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import dev.tidegate.duckdb.text.TimeText;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBReadableVector;

/** date, smalldatetime, datetime, datetime2 and datetimeoffset, from texts. */
final class WrittenTimestampSource extends ChunkSource {
    private final TimestampRange range;
    private final boolean hasOffset;
    private int currentRow = -1;
    private LocalDateTime utc;
    private int offsetMinutes;

    /** @param hasOffset true for datetimeoffset */
    WrittenTimestampSource(String column, TimestampRange range, boolean hasOffset) {
        super(column);
        this.range = range;
        this.hasOffset = hasOffset;
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public int getEpochDay(int row) {
        return (int) utc(row).toLocalDate().toEpochDay();
    }

    @Override
    public long getTicks(int row) {
        TimePrecision precision = range.precision();
        if (precision == null) {
            return 0;
        }
        long nanoseconds = utc(row).toLocalTime().toNanoOfDay();
        if (!precision.holds(nanoseconds)) {
            throw misfit(row, text(row), precision.remedy());
        }
        return precision.ticks(nanoseconds);
    }

    @Override
    public int getOffsetMinutes(int row) {
        utc(row);
        return offsetMinutes;
    }

    private LocalDateTime utc(int row) {
        if (row != currentRow) {
            read(row);
            currentRow = row;
        }
        return utc;
    }

    private void read(int row) {
        String text = text(row);
        TimeText read = TimeText.parse(text);
        if (read == null || read.date() == null) {
            throw misfit(row, text, "that is not a date as it has to be written: year-month-day, as in 2020-02-29");
        }
        // Of a date the encoder asks for the day only.
        if (range.precision() == null && !read.local().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw misfit(row, text, "a date has no room for the time of day");
        }
        ZoneOffset offset = read.offset();
        if (offset != null && !hasOffset) {
            throw misfit(row, text, "the column has no room for the offset; make it a datetimeoffset");
        }
        if (offset == null && hasOffset) {
            throw misfit(row, text, "a datetimeoffset needs an offset, such as +00:00 or Z");
        }
        int seconds = offset == null ? 0 : offset.getTotalSeconds();
        offsetMinutes = seconds / 60;
        utc = read.local().minusSeconds(seconds);
        if (!range.contains(utc.toLocalDate().toEpochDay())) {
            throw misfit(row, text, range.bounds());
        }
    }
}
