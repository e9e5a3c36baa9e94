package dev.tidegate.bench.load;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import dev.tidegate.bench.data.DataSet;
import java.sql.Connection;
import java.sql.SQLException;

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
    private final class Data extends BulkColumns {
        private int row = -1;

        Data() {
            super(set);
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
