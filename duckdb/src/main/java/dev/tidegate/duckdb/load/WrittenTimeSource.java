package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.duckdb.text.TimeText;

/** time, from texts. */
final class WrittenTimeSource extends ChunkSource {
    private final TimePrecision precision;

    WrittenTimeSource(String column, TimePrecision precision) {
        super(column);
        this.precision = precision;
    }

    @Override
    public long getTicks(int row) {
        String text = text(row);
        TimeText read = TimeText.parse(text);
        if (read == null || read.date() != null) {
            throw misfit(row, text, "that is not a time of day as it has to be written, as in 23:59:59.123");
        }
        long nanoseconds = read.time().toNanoOfDay();
        if (!precision.holds(nanoseconds)) {
            throw misfit(row, text, precision.remedy());
        }
        return precision.ticks(nanoseconds);
    }
}
