package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Ticks;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;

/** datetimeoffset, as microseconds of the instant in a BIGINT vector. */
final class OffsetSink extends VectorSink {
    private final boolean cutsTime;
    private final boolean dropsOffset;

    OffsetSink(String column, Set<Loss> allowed) {
        super(column);
        this.cutsTime = allowed.contains(Loss.TIME);
        this.dropsOffset = allowed.contains(Loss.OFFSET);
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        if (offsetMinutes != 0 && !dropsOffset) {
            throw misfit(
                    row,
                    shown(utcEpochDay, utcTicks, offsetMinutes),
                    "DuckDB's TIMESTAMPTZ keeps the instant but not the offset; allow its loss (--lossy offset), or"
                            + " select the column as text or with DATEPART(tzoffset, …) beside it");
        }
        if (utcTicks % 10 != 0 && !cutsTime) {
            throw misfit(
                    row,
                    shown(utcEpochDay, utcTicks, offsetMinutes),
                    "DuckDB's TIMESTAMPTZ holds microseconds; allow the loss of time digits (--lossy time), or cast the"
                            + " column to datetimeoffset(6)");
        }
        vector().setLong(row, Ticks.toMicroseconds(utcEpochDay, utcTicks));
    }

    private static OffsetDateTime shown(int utcEpochDay, long utcTicks, int offsetMinutes) {
        return Ticks.toLocalDateTime(utcEpochDay, utcTicks)
                .atOffset(ZoneOffset.UTC)
                .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    }
}
