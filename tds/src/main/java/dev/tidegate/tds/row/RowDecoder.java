package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlType;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.util.List;

/**
 * Decodes the rows of one result ([MS-TDS] 2.2.7.19 ROW, 2.2.7.15 NBCROW) by a plan that is made once from its columns. Not
 * thread-safe.
 */
public final class RowDecoder {
    private final List<TypeInfo> types;

    private RowDecoder(List<TypeInfo> types) {
        this.types = List.copyOf(types);
    }

    public static RowDecoder of(List<TypeInfo> types) {
        return new RowDecoder(types);
    }

    /**
     * Decodes a row into columns.
     *
     * @param sinks one for each column; a null entry skips its column
     * @param row number of the row that the sinks are told
     */
    public void decode(TdsReader in, RowMarker marker, ColumnSink[] sinks, int row) throws IOException {
        Object[] values = decode(in, marker);
        for (int i = 0; i < values.length; i++) {
            if (sinks[i] != null) {
                if (values[i] == null) {
                    sinks[i].setNull(row);
                } else {
                    give(types.get(i), values[i], sinks[i], row);
                }
            }
        }
    }

    private static void give(TypeInfo type, Object value, ColumnSink sink, int row) {
        SqlType sqlType = type.sqlType();
        if (value instanceof SqlVariant variant) {
            sink.setVariantType(row, variant.type());
            give(variant.type(), variant.value(), sink, row);
        } else if (sqlType.isText()) {
            byte[] bytes = ((String) value).getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
            sink.setUtf16(row, bytes, 0, bytes.length);
        } else if (value instanceof byte[] bytes) {
            sink.setBytes(row, bytes, 0, bytes.length);
        } else if (value instanceof Boolean flag) {
            sink.setLong(row, flag ? 1 : 0);
        } else if (value instanceof Float || value instanceof Double) {
            sink.setDouble(row, ((Number) value).doubleValue());
        } else if (value instanceof java.math.BigDecimal decimal) {
            sink.setDecimal(
                    row,
                    decimal.unscaledValue().shiftRight(64).longValue(),
                    decimal.unscaledValue().longValue());
        } else if (value instanceof Number number) {
            sink.setLong(row, number.longValue());
        } else if (value instanceof java.time.LocalDate date) {
            sink.setDate(row, (int) date.toEpochDay());
        } else if (value instanceof java.time.LocalTime time) {
            sink.setTime(row, time.toNanoOfDay() / 100);
        } else if (value instanceof java.time.LocalDateTime time) {
            sink.setTimestamp(
                    row,
                    (int) time.toLocalDate().toEpochDay(),
                    time.toLocalTime().toNanoOfDay() / 100);
        } else if (value instanceof java.util.UUID uuid) {
            sink.setUuid(row, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } else {
            java.time.OffsetDateTime time = (java.time.OffsetDateTime) value;
            java.time.LocalDateTime utc =
                    time.withOffsetSameInstant(java.time.ZoneOffset.UTC).toLocalDateTime();
            sink.setTimestampOffset(
                    row,
                    (int) utc.toLocalDate().toEpochDay(),
                    utc.toLocalTime().toNanoOfDay() / 100,
                    time.getOffset().getTotalSeconds() / 60);
        }
    }

    /** Decodes a row into the Java forms that {@link ValueCodec} documents. */
    public Object[] decode(TdsReader in, RowMarker marker) throws IOException {
        int count = types.size();
        byte[] nulls = marker == RowMarker.NBCROW ? in.readBytes((count + 7) / 8, 1 << 16, "null bitmap") : null;
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            if (nulls == null || (nulls[i >> 3] >> (i & 7) & 1) == 0) {
                values[i] = read(in, types.get(i));
            }
        }
        return values;
    }

    private static Object read(TdsReader in, TypeInfo type) throws IOException {
        if (type.type().layout() == DataType.Layout.LONG_LENGTH && type.type() != DataType.SSVARIANT) {
            int pointer = in.readUnsignedByte();
            if (pointer == 0) {
                return null;
            }
            in.skip(pointer + 8);
        }
        return ValueCodec.read(in, type);
    }
}
