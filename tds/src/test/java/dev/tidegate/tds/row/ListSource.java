package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Gives Java forms as a source does. */
record ListSource(TypeInfo type, List<Object> values) implements ColumnSource {
    @Override
    public boolean isNull(int row) {
        return values.get(row) == null;
    }

    @Override
    public long getLong(int row) {
        return values.get(row) instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) values.get(row)).longValue();
    }

    @Override
    public double getDouble(int row) {
        return ((Number) values.get(row)).doubleValue();
    }

    private BigInteger unscaled(int row) {
        return ((BigDecimal) values.get(row)).unscaledValue();
    }

    @Override
    public long getDecimalLow(int row) {
        return unscaled(row).longValue();
    }

    @Override
    public long getDecimalHigh(int row) {
        return unscaled(row).shiftRight(64).longValue();
    }

    private LocalDateTime dateTime(int row) {
        Object value = values.get(row);
        if (value instanceof OffsetDateTime offset) {
            return offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        return value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
    }

    @Override
    public int getEpochDay(int row) {
        return (int) dateTime(row).toLocalDate().toEpochDay();
    }

    @Override
    public long getTicks(int row) {
        LocalTime time =
                values.get(row) instanceof LocalTime only ? only : dateTime(row).toLocalTime();
        return time.toNanoOfDay() / 100;
    }

    @Override
    public int getOffsetMinutes(int row) {
        return ((OffsetDateTime) values.get(row)).getOffset().getTotalSeconds() / 60;
    }

    @Override
    public long getUuidHigh(int row) {
        return ((UUID) values.get(row)).getMostSignificantBits();
    }

    @Override
    public long getUuidLow(int row) {
        return ((UUID) values.get(row)).getLeastSignificantBits();
    }

    @Override
    public CharSequence getText(int row) {
        return (CharSequence) values.get(row);
    }

    @Override
    public byte[] getBytes(int row) {
        return values.get(row) instanceof float[] vector ? Samples.vectorBytes(vector, type) : (byte[]) values.get(row);
    }
}
