package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Int128;
import dev.tidegate.client.column.Ticks;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Asks for values as an encoder would, and keeps them as objects. */
final class FakeTarget implements RowTarget {
    private final List<Column> columns = new ArrayList<>();
    final List<List<Object>> rows = new ArrayList<>();

    FakeTarget column(String name, TypeInfo type) {
        columns.add(new Column(name, type, Column.NULLABLE));
        return this;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void write(ColumnSource[] sources, int count) {
        for (int row = 0; row < count; row++) {
            Object[] values = new Object[sources.length];
            for (int i = 0; i < sources.length; i++) {
                values[i] = sources[i].isNull(row)
                        ? null
                        : value(sources[i], columns.get(i).type(), row);
            }
            rows.add(Arrays.asList(values));
        }
    }

    private static Object value(ColumnSource source, TypeInfo type, int row) {
        return switch (type.type()) {
            case BITN, INTN -> source.getLong(row);
            case FLTN -> source.getDouble(row);
            case DECIMALN -> decimal(source, row, type.scale());
            case MONEYN -> decimal(source, row, 4);
            case DATEN -> LocalDate.ofEpochDay(source.getEpochDay(row));
            case TIMEN -> LocalTime.ofNanoOfDay(source.getTicks(row) * 100);
            case DATETIMEN, DATETIME2N -> Ticks.toLocalDateTime(source.getEpochDay(row), source.getTicks(row));
            case DATETIMEOFFSETN ->
                Ticks.toLocalDateTime(source.getEpochDay(row), source.getTicks(row)) + "+"
                        + source.getOffsetMinutes(row);
            case GUID -> new UUID(source.getUuidHigh(row), source.getUuidLow(row));
            case BIGVARBINARY -> Arrays.toString(source.getBytes(row));
            default -> source.getText(row).toString();
        };
    }

    private static BigDecimal decimal(ColumnSource source, int row, int scale) {
        return new BigDecimal(Int128.toBigInteger(source.getDecimalHigh(row), source.getDecimalLow(row)), scale);
    }
}
