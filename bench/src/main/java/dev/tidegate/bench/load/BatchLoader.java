package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/** A JDBC driver's batches of one INSERT, in one transaction. */
final class BatchLoader implements Loader {
    private static final int BATCH = 10_000;

    private final Connection connection;
    private final String sql;
    private final ReadyRows ready;
    private final int columns;
    private final int count;

    BatchLoader(Connection connection, DataSet set, int count) throws SQLException {
        this.connection = connection;
        this.columns = set.fields().size();
        this.sql =
                "INSERT INTO " + set.table() + " VALUES (" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        this.ready = ReadyRows.ofSql(set, count);
        this.count = count;
        connection.setAutoCommit(false);
    }

    @Override
    public long load() throws SQLException {
        // Each time from the beginning, so that the driver says the same to the server.
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            return load(insert);
        }
    }

    private long load(PreparedStatement insert) throws SQLException {
        long loaded = 0;
        for (int row = 0; row < count; row++) {
            Object[] values = ready.row(row);
            for (int i = 0; i < columns; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            if ((row + 1) % BATCH == 0 || row + 1 == count) {
                for (long one : insert.executeLargeBatch()) {
                    loaded += one;
                }
            }
        }
        connection.commit();
        return loaded;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
