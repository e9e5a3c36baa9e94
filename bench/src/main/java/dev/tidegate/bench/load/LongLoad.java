package dev.tidegate.bench.load;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.arrow.vector.ipc.ArrowReader;

/** One load of any number of rows from a source that has {@link DataSet#REPEAT} of them, and has them anew again and again. */
public final class LongLoad {
    private LongLoad() {}

    /** @param dataPort of a server that gives {@link DataSet#REPEAT} rows */
    public static long fromArrow(int port, int dataPort, DataSet set, int rows) throws SQLException, IOException {
        try (TdsConnection data = Clients.connect(dataPort);
                TdsConnection connection = Clients.connect(port);
                HeldBatches batches = new HeldBatches(data, set.query());
                ArrowReader reader = batches.read(rows)) {
            return TidegateArrow.load(connection, set.table(), reader);
        }
    }

    /** @param dataPort of a server that gives {@link DataSet#REPEAT} rows */
    public static long fromDuckDb(int port, int dataPort, DataSet set, int rows) throws SQLException {
        try (DuckDbTable source = new DuckDbTable(Clients.connect(dataPort), set);
                TdsConnection connection = Clients.connect(port);
                BulkLoad load = connection.bulkLoad(set.table(), BulkLoadOptions.DEFAULTS)) {
            source.fill();
            QueryLoad all = new QueryLoad(source.duckdb(), "FROM " + set.table(), Set.of());
            BulkLoadTarget target = new BulkLoadTarget(load, all.columnNames());
            for (int sent = 0; sent < rows; sent += DataSet.REPEAT) {
                String sql = "FROM " + set.table() + " LIMIT " + Math.min(DataSet.REPEAT, rows - sent);
                new QueryLoad(source.duckdb(), sql, Set.of()).run(target, progress -> {});
            }
            return load.finish();
        }
    }

    public static long fromRows(int port, DataSet set, int rows) throws SQLException {
        try (RowsLoader loader = new RowsLoader(Clients.connect(port), set, rows)) {
            return loader.load();
        }
    }
}
