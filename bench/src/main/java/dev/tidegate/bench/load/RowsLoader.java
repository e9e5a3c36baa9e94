package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;

/** Tidegate's bulk load, from rows of objects. */
final class RowsLoader implements Loader {
    private final TdsConnection connection;
    private final String table;
    private final ReadyRows ready;
    private final int count;

    RowsLoader(TdsConnection connection, DataSet set, int count) {
        this.connection = connection;
        this.table = set.table();
        this.ready = ReadyRows.of(set, count);
        this.count = count;
    }

    @Override
    public long load() throws SQLException {
        try (BulkLoad load = connection.bulkLoad(table, BulkLoadOptions.DEFAULTS)) {
            for (int row = 0; row < count; row++) {
                load.writeRow(ready.row(row));
            }
            return load.finish();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
