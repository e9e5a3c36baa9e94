package dev.tidegate.client;

import dev.tidegate.tds.row.ColumnSink;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given as text, for comparison. */
class RecordingSink implements ColumnSink {
    private final List<String> values = new ArrayList<>();

    List<String> values() {
        return values;
    }

    @Override
    public void setNull(int row) {
        values.add(null);
    }

    @Override
    public void setLong(int row, long value) {
        values.add(Long.toString(value));
    }

    @Override
    public void setDouble(int row, double value) {
        values.add(Double.toString(value));
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        values.add(high + ":" + low);
    }

    @Override
    public void setDate(int row, int epochDay) {
        values.add("day " + epochDay);
    }

    @Override
    public void setTime(int row, long ticks) {
        values.add("ticks " + ticks);
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        values.add("day " + epochDay + " ticks " + ticks);
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        values.add("day " + utcEpochDay + " ticks " + utcTicks + " offset " + offsetMinutes);
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        values.add(mostSignificant + ":" + leastSignificant);
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        values.add(new String(bytes, offset, length, StandardCharsets.UTF_16LE));
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        values.add(new String(bytes, offset, length, charset));
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        values.add(length + " bytes");
    }
}
