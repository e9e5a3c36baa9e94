package dev.tidegate.client.column;

import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Makes text of the values of a sql_variant, each in the form in which it is usually written, and gives that to a sink of text; text itself
 * is handed on as it is. Used by one thread at a time.
 */
public final class VariantText implements ColumnSink {
    private static final int MONEY_SCALE = 4;

    private final ColumnSink target;
    private int scale;
    private boolean single;

    /** @param target takes NULL, {@link #setUtf16} and {@link #setText} */
    public VariantText(ColumnSink target) {
        this.target = target;
    }

    @Override
    public void setNull(int row) {
        target.setNull(row);
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        target.setUtf16(row, bytes, offset, length);
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        target.setText(row, bytes, offset, length, charset);
    }

    @Override
    public void setVariantType(int row, TypeInfo type) {
        // money has four digits after the point without saying so.
        scale = type.type() == DataType.MONEY || type.type() == DataType.MONEY4 || type.type() == DataType.MONEYN
                ? MONEY_SCALE
                : type.scale();
        single = type.type() == DataType.FLT4 || type.type() == DataType.FLTN && type.maxLength() == Float.BYTES;
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        text(row, new BigDecimal(Int128.toBigInteger(high, low), scale).toPlainString());
    }

    @Override
    public void setLong(int row, long value) {
        text(row, value);
    }

    @Override
    public void setDouble(int row, double value) {
        text(row, single ? (Object) (float) value : (Object) value);
    }

    @Override
    public void setDate(int row, int epochDay) {
        text(row, LocalDate.ofEpochDay(epochDay));
    }

    @Override
    public void setTime(int row, long ticks) {
        text(row, LocalTime.ofNanoOfDay(ticks * 100));
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        text(row, Ticks.toLocalDateTime(epochDay, ticks).toString().replace('T', ' '));
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        text(
                row,
                Ticks.toLocalDateTime(utcEpochDay, utcTicks)
                        .atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60))
                        .toString()
                        .replace('T', ' '));
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        text(row, new UUID(mostSignificant, leastSignificant));
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        text(row, "0x" + HexFormat.of().withUpperCase().formatHex(bytes, offset, offset + length));
    }

    private void text(int row, Object value) {
        byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
        target.setText(row, utf8, 0, utf8.length, StandardCharsets.UTF_8);
    }
}
