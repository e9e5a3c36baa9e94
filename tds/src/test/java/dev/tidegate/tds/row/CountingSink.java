package dev.tidegate.tds.row;

import java.nio.charset.Charset;

/** Counts what it is told, and forgets it. */
final class CountingSink implements ColumnSink {
    long cells;

    @Override
    public void setNull(int row) {
        cells++;
    }

    @Override
    public void setLong(int row, long value) {
        cells++;
    }

    @Override
    public void setDouble(int row, double value) {
        cells++;
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        cells++;
    }

    @Override
    public void setDate(int row, int epochDay) {
        cells++;
    }

    @Override
    public void setTime(int row, long ticks) {
        cells++;
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        cells++;
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        cells++;
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        cells++;
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        cells++;
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        cells++;
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        cells++;
    }
}
