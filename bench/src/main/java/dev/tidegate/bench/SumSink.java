package dev.tidegate.bench;

import dev.tidegate.tds.row.ColumnSink;
import java.nio.charset.Charset;

/** Adds up what it is given, so that the decoder's work cannot be optimised away. */
final class SumSink implements ColumnSink {
    private long total;

    long total() {
        return total;
    }

    @Override
    public void setNull(int row) {
        total++;
    }

    @Override
    public void setLong(int row, long value) {
        total += value;
    }

    @Override
    public void setDouble(int row, double value) {
        total += Double.doubleToRawLongBits(value);
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        total += high ^ low;
    }

    @Override
    public void setDate(int row, int epochDay) {
        total += epochDay;
    }

    @Override
    public void setTime(int row, long ticks) {
        total += ticks;
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        total += epochDay ^ ticks;
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        total += utcEpochDay ^ utcTicks ^ offsetMinutes;
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        total += mostSignificant ^ leastSignificant;
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        total += length == 0 ? 0 : bytes[offset + length - 1];
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        total += length == 0 ? 0 : bytes[offset + length - 1];
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        total += length == 0 ? 0 : bytes[offset + length - 1];
    }
}
