package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import java.sql.SQLException;
import java.util.Set;

/** Tidegate's bulk load, from a table in DuckDB. */
public final class DuckDbLoader implements Loader {
    private final TdsConnection connection;
    private final DuckDbTable source;
    private final String table;

    /** @param source the data set; closed with this */
    public DuckDbLoader(TdsConnection connection, DuckDbTable source, DataSet set) {
        this.connection = connection;
        this.source = source;
        this.table = set.table();
    }

    @Override
    public long load() throws SQLException {
        try (BulkLoad load = connection.bulkLoad(table, BulkLoadOptions.DEFAULTS)) {
            QueryLoad query = new QueryLoad(source.duckdb(), "FROM " + table, Set.of());
            query.run(new BulkLoadTarget(load, query.columnNames()), sent -> {});
            return load.finish();
        }
    }

    @Override
    public void close() throws SQLException {
        try (source) {
            connection.close();
        }
    }
}
