package dev.tidegate.duckdb.scan;

import static dev.tidegate.client.column.Ticks.PER_DAY;

import dev.tidegate.client.column.Ticks;

/** smalldatetime, datetime and datetime2, counted from 1970-01-01 in a BIGINT vector. */
final class TimestampSink extends VectorSink {
    /** What one unit of the vector is. */
    enum Unit {
        MICROSECONDS,
        /** Microseconds, rounded to whole milliseconds as SQL Server shows a datetime. */
        ROUNDED_MILLISECONDS,
        NANOSECONDS
    }

    private static final long TICKS_PER_MILLISECOND = 10_000;

    private final Unit unit;

    TimestampSink(String column, Unit unit) {
        super(column);
        this.unit = unit;
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        vector().setLong(
                        row,
                        switch (unit) {
                            case MICROSECONDS -> Ticks.toMicroseconds(epochDay, ticks);
                            case ROUNDED_MILLISECONDS ->
                                epochDay * (PER_DAY / 10)
                                        + (ticks + TICKS_PER_MILLISECOND / 2)
                                                / TICKS_PER_MILLISECOND
                                                * (TICKS_PER_MILLISECOND / 10);
                            case NANOSECONDS -> nanoseconds(row, epochDay, ticks);
                        });
    }

    private long nanoseconds(int row, int epochDay, long ticks) {
        try {
            return Ticks.toNanoseconds(epochDay, ticks);
        } catch (ArithmeticException e) {
            throw misfit(
                    row,
                    Ticks.toLocalDateTime(epochDay, ticks),
                    "datetime2(7) becomes TIMESTAMP_NS, which holds 1677-09-21 to 2262-04-11; allow the loss of"
                            + " time digits (--lossy time) to read it as TIMESTAMP, or cast it to datetime2(6)");
        }
    }
}
