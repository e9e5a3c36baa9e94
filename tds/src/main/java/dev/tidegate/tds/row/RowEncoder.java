package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueCodec;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Encodes the rows of one result or bulk load by a plan that is made once from its columns. Not thread-safe. */
public final class RowEncoder {
    private static final int ROW = 0xD1;

    private final List<TypeInfo> types;

    private RowEncoder(List<TypeInfo> types) {
        this.types = List.copyOf(types);
    }

    public static RowEncoder of(List<TypeInfo> types) {
        return new RowEncoder(types);
    }

    /** @throws ValueOutOfRangeException naming the column, if a value does not fit */
    public void encode(TdsWriter out, ColumnSource[] sources, int row) throws IOException {
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources[i].isNull(row) ? null : take(types.get(i), sources[i], row);
        }
        encode(out, values);
    }

    private static Object take(TypeInfo type, ColumnSource source, int row) {
        return switch (type.sqlType()) {
            case BIT, TINYINT, SMALLINT, INT, BIGINT -> source.getLong(row);
            case REAL, FLOAT -> source.getDouble(row);
            case DECIMAL, NUMERIC ->
                DecimalBytes.toBigDecimal(source.getDecimalHigh(row), source.getDecimalLow(row), type.scale());
            case MONEY, SMALLMONEY ->
                DecimalBytes.toBigDecimal(source.getDecimalHigh(row), source.getDecimalLow(row), 4);
            case DATE -> LocalDate.ofEpochDay(source.getEpochDay(row));
            case TIME -> LocalTime.ofNanoOfDay(source.getTicks(row) * 100);
            case SMALLDATETIME, DATETIME, DATETIME2 -> dateTime(source, row);
            case DATETIMEOFFSET ->
                dateTime(source, row)
                        .atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(source.getOffsetMinutes(row) * 60));
            case UNIQUEIDENTIFIER -> new UUID(source.getUuidHigh(row), source.getUuidLow(row));
            case BINARY, VARBINARY, IMAGE, UDT -> source.getBytes(row);
            default -> source.getText(row);
        };
    }

    private static LocalDateTime dateTime(ColumnSource source, int row) {
        return LocalDateTime.of(
                LocalDate.ofEpochDay(source.getEpochDay(row)), LocalTime.ofNanoOfDay(source.getTicks(row) * 100));
    }

    /** @throws ValueOutOfRangeException naming the column, if a value does not fit */
    public void encode(TdsWriter out, Object[] row) throws IOException {
        out.writeByte(ROW);
        for (int i = 0; i < row.length; i++) {
            try {
                write(out, types.get(i), row[i]);
            } catch (ValueOutOfRangeException e) {
                throw e.atColumn(i, true);
            }
        }
    }

    private static void write(TdsWriter out, TypeInfo type, Object value) throws IOException {
        if (type.type().layout() == DataType.Layout.LONG_LENGTH && type.type() != DataType.SSVARIANT) {
            if (value == null) {
                out.writeByte(0);
                return;
            }
            out.writeByte(16);
            out.writeBytes(new byte[24]);
        }
        ValueCodec.write(out, type, value);
    }
}
