package dev.tidegate.arrow.load;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.column.Int128;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.Ticks;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** The rows of a record batch as parameters, under the same rules as a load. Used by one thread at a time. */
public final class BoundValues {
    private static final int MONEY_SCALE = 4;

    private final List<Column> columns = new ArrayList<>();
    private final VectorSource[] sources;
    private final int rows;

    /**
     * @param batch must stay as it is while this is used
     * @throws SQLException for a column that no parameter can carry
     */
    public BoundValues(VectorSchemaRoot batch) throws SQLException {
        List<FieldVector> vectors = batch.getFieldVectors();
        LoadMapping mapping = new LoadMapping(Set.of());
        rows = batch.getRowCount();
        sources = new VectorSource[vectors.size()];
        for (int i = 0; i < sources.length; i++) {
            Field field = vectors.get(i).getField();
            Column column = new Column(field.getName(), TargetTypes.of(field), Column.NULLABLE);
            columns.add(column);
            sources[i] = mapping.source(field, column);
            sources[i].begin(vectors.get(i));
        }
    }

    public int rows() {
        return rows;
    }

    /**
     * The parameters of a row: one whose column has a name that begins with an at-sign goes by that, the others by their places.
     *
     * @throws dev.tidegate.client.column.UnstorableValueException for a value that its parameter cannot carry
     */
    public List<Parameter> row(int row) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        try {
            for (int i = 0; i < sources.length; i++) {
                Column column = columns.get(i);
                Object value = sources[i].isNull(row) ? null : value(sources[i], column.type(), row);
                String name = column.name().startsWith("@") ? column.name() : "";
                parameters.add(Parameter.in(name, column.type(), value));
            }
            return parameters;
        } catch (Misfit e) {
            throw e.after(0);
        }
    }

    private static Object value(ColumnSource source, TypeInfo type, int row) {
        return switch (type.type()) {
            case BIT, BITN, INT1, INT2, INT4, INT8, INTN -> source.getLong(row);
            case FLT4, FLT8, FLTN -> source.getDouble(row);
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> decimal(source, row, type.scale());
            case MONEY, MONEY4, MONEYN -> decimal(source, row, MONEY_SCALE);
            case DATEN -> LocalDate.ofEpochDay(source.getEpochDay(row));
            case TIMEN -> LocalTime.ofNanoOfDay(source.getTicks(row) * 100);
            case DATETIM4, DATETIME, DATETIMEN, DATETIME2N ->
                Ticks.toLocalDateTime(source.getEpochDay(row), source.getTicks(row));
            case DATETIMEOFFSETN ->
                Ticks.toLocalDateTime(source.getEpochDay(row), source.getTicks(row))
                        .atOffset(ZoneOffset.UTC);
            case GUID -> new UUID(source.getUuidHigh(row), source.getUuidLow(row));
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT, VECTOR ->
                source.getBytes(row).clone();
            default -> source.getText(row).toString();
        };
    }

    private static BigDecimal decimal(ColumnSource source, int row, int scale) {
        return new BigDecimal(Int128.toBigInteger(source.getDecimalHigh(row), source.getDecimalLow(row)), scale);
    }
}
