package dev.tidegate.tds.row;

import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Turns what a sink is told into the Java forms that the value codec documents. */
class RecordingSink implements ColumnSink {
    final List<Object> values = new ArrayList<>();
    private final TypeInfo column;
    private TypeInfo type;

    RecordingSink(TypeInfo column) {
        this.column = column;
        this.type = column;
    }

    private void add(int row, Object value) {
        if (row != values.size()) {
            throw new AssertionError("told of row " + row + " after " + values.size() + " rows");
        }
        values.add(type.equals(column) || value == null ? value : new SqlVariant(type, value));
        type = column;
    }

    @Override
    public void setNull(int row) {
        add(row, null);
    }

    @Override
    public void setVariantType(int row, TypeInfo base) {
        type = base;
    }

    @Override
    public void setLong(int row, long value) {
        Object form = switch (type.sqlType()) {
            case BIT -> value == 1;
            case TINYINT, SMALLINT -> (short) value;
            case INT -> (int) value;
            default -> value;
        };
        add(row, form);
    }

    @Override
    public void setDouble(int row, double value) {
        if (type.sqlType() == SqlTypeName.REAL) {
            add(row, (float) value);
        } else {
            add(row, value);
        }
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        boolean money = type.sqlType() == SqlTypeName.MONEY || type.sqlType() == SqlTypeName.SMALLMONEY;
        BigDecimal value = DecimalBytes.toBigDecimal(high, low, money ? 4 : type.scale());
        add(row, value);
    }

    @Override
    public void setDate(int row, int epochDay) {
        add(row, LocalDate.ofEpochDay(epochDay));
    }

    @Override
    public void setTime(int row, long ticks) {
        add(row, LocalTime.ofNanoOfDay(ticks * 100));
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        add(row, LocalDateTime.of(LocalDate.ofEpochDay(epochDay), LocalTime.ofNanoOfDay(ticks * 100)));
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        add(
                row,
                LocalDateTime.of(LocalDate.ofEpochDay(utcEpochDay), LocalTime.ofNanoOfDay(utcTicks * 100))
                        .atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60)));
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        add(row, new UUID(mostSignificant, leastSignificant));
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        char[] chars = new char[length / 2];
        ByteBuffer.wrap(bytes, offset, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .get(chars);
        add(row, new String(chars));
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        add(row, new String(bytes, offset, length, charset));
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        byte[] value = Arrays.copyOfRange(bytes, offset, offset + length);
        add(row, type.sqlType() == SqlTypeName.VECTOR ? Samples.vector(value) : value);
    }
}
