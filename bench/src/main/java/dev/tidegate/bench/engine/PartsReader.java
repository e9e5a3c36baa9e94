package dev.tidegate.bench.engine;

import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.TableName;
import dev.tidegate.client.range.Sight;
import dev.tidegate.client.range.TableParts;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.duckdb.scan.ResultTables;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** Several connections, which see one snapshot; they are opened for each reading, as {@code tidegate copy --parallel} does. */
final class PartsReader extends DuckDbReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ResultTables results;
    private final int port;
    private final int connections;

    PartsReader(int port, int connections) throws SQLException {
        super(DriverManager.getConnection("jdbc:duckdb:"));
        this.results = new ResultTables(duckdb);
        this.port = port;
        this.connections = connections;
        Threads.atLeast(connections, duckdb);
    }

    @Override
    public long read() throws SQLException {
        TableParts parts = TableParts.open(
                () -> Clients.connect(port),
                TableName.parse(LineItemServer.SET.table()),
                connections,
                Sight.SNAPSHOT,
                PATIENCE);
        try (ResultTable table = results.open(parts, Set.of())) {
            create(table.sql());
            return table.rows();
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            results.close();
        } finally {
            super.close();
        }
    }
}
