package dev.tidegate.client.column;

import dev.tidegate.tds.row.ColumnSink;
import java.nio.charset.Charset;

/**
 * A sink for one column. A subclass takes NULL and the one kind of value that its column has; every other kind is a fault of the decoder.
 * Used by one thread at a time.
 */
public abstract class OneKindSink implements ColumnSink {
    private final String column;

    protected OneKindSink(String column) {
        this.column = column;
    }

    protected final String column() {
        return column;
    }

    protected final Misfit misfit(int row, Object value, String reason) {
        return new Misfit(column, row, value, reason);
    }

    @Override
    public void setLong(int row, long value) {
        throw unexpected("an integer");
    }

    @Override
    public void setDouble(int row, double value) {
        throw unexpected("a float");
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        throw unexpected("a decimal");
    }

    @Override
    public void setDate(int row, int epochDay) {
        throw unexpected("a date");
    }

    @Override
    public void setTime(int row, long ticks) {
        throw unexpected("a time");
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        throw unexpected("a timestamp");
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        throw unexpected("a datetimeoffset");
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        throw unexpected("a uniqueidentifier");
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        throw unexpected("text");
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        throw unexpected("text");
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        throw unexpected("bytes");
    }

    private IllegalStateException unexpected(String kind) {
        return new IllegalStateException("column \"" + column + "\" was not announced with " + kind);
    }
}
