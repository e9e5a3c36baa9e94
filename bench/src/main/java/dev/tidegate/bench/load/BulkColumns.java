package dev.tidegate.bench.load;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of a data set, as Microsoft's bulk copy asks for them. */
@SuppressWarnings("serial") // Nobody writes it anywhere.
public abstract class BulkColumns implements ISQLServerBulkData {
    private final List<Field> fields;
    private final Set<Integer> ordinals;

    protected BulkColumns(DataSet set) {
        this.fields = set.fields();
        this.ordinals = IntStream.rangeClosed(1, fields.size()).boxed().collect(Collectors.toSet());
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
        return ordinals;
    }

    @Override
    public String getColumnName(int column) {
        return fields.get(column - 1).name();
    }

    @Override
    public int getColumnType(int column) {
        return switch (type(column).sqlType()) {
            case BIT -> Types.BIT;
            case TINYINT -> Types.TINYINT;
            case SMALLINT -> Types.SMALLINT;
            case INT -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case FLOAT -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case DATE -> Types.DATE;
            case DATETIME2 -> Types.TIMESTAMP;
            case CHAR -> Types.CHAR;
            case VARCHAR -> Types.VARCHAR;
            default -> Types.NVARCHAR;
        };
    }

    @Override
    public int getPrecision(int column) {
        return switch (type(column).sqlType()) {
            case CHAR, VARCHAR -> type(column).maxLength();
            case NVARCHAR -> type(column).maxLength() / 2;
            default -> type(column).precision();
        };
    }

    @Override
    public int getScale(int column) {
        return type(column).scale();
    }

    private TypeInfo type(int column) {
        return fields.get(column - 1).type();
    }
}
