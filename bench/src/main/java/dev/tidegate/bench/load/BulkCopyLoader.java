package dev.tidegate.bench.load;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Microsoft's bulk copy, from rows of objects, in one batch. */
final class BulkCopyLoader implements Loader {
    private final Connection connection;
    private final DataSet set;
    private final ReadyRows ready;
    private final int count;

    BulkCopyLoader(Connection connection, DataSet set, int count) {
        this.connection = connection;
        this.set = set;
        this.ready = ReadyRows.ofSql(set, count);
        this.count = count;
    }

    @Override
    public long load() throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setBulkCopyTimeout(0);
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setBulkCopyOptions(options);
            copy.setDestinationTableName(set.table());
            copy.writeToServer(new Data());
        }
        return count;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @SuppressWarnings("serial") // Nobody writes it anywhere.
    private final class Data implements ISQLServerBulkData {
        private final List<Field> fields = set.fields();
        private final Set<Integer> ordinals =
                IntStream.rangeClosed(1, fields.size()).boxed().collect(Collectors.toSet());
        private int row = -1;

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

        @Override
        public Object[] getRowData() {
            return ready.row(row);
        }

        @Override
        public boolean next() {
            return ++row < count;
        }
    }
}
