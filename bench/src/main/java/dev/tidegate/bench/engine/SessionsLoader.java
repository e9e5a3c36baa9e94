package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.load.Loader;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.staged.SideBySideLoads;
import dev.tidegate.client.staged.StagingTable;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.load.QueryLoad;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Several sessions load into a heap beside the table, which takes the table's place; as {@code tidegate copy --parallel --replace} does. */
final class SessionsLoader implements Loader {
    private static final String TABLE = LineItemServer.SET.table();
    private static final BulkLoadOptions OPTIONS = BulkLoadOptions.builder().tableLock(true).build();

    private final LoadFunctions functions = new LoadFunctions();
    private final DuckDbTable source;
    private final TdsConnection owner;
    private final int port;
    private final int sessions;

    /** @param source lineitem; closed with this */
    SessionsLoader(int port, int sessions, DuckDbTable source) throws SQLException {
        this.source = source;
        this.port = port;
        this.sessions = sessions;
        Threads.atLeast(sessions, source.duckdb());
        this.owner = Clients.connect(port);
    }

    @Override
    public long load() throws SQLException {
        TableName table = TableName.parse(TABLE);
        StagingTable staging = StagingTable.beside(owner, () -> Clients.connect(port), table);
        staging.like(
                table, LineItemServer.SET.fields().stream().map(Field::name).toList());
        long confirmed = fill(staging);
        LineItemServer.run(
                owner,
                "BEGIN TRANSACTION; DROP TABLE " + TABLE + "; EXEC sp_rename N'" + staging.name().sql() + "', N'" + TABLE
                        + "'; COMMIT");
        staging.forget();
        return confirmed;
    }

    private long fill(StagingTable staging) throws SQLException {
        QueryLoad query = new QueryLoad(source.duckdb(), "FROM " + TABLE, Set.of());
        List<String> names = query.columnNames();
        try (SideBySideLoads several = new SideBySideLoads()) {
            several.open(() -> Clients.connect(port), staging.name(), sessions, OPTIONS);
            List<BulkLoadTarget> targets = new ArrayList<>();
            for (BulkLoad load : several.loads()) {
                targets.add(new BulkLoadTarget(load, names));
            }
            query.run(functions, targets, sent -> {});
            return several.finish();
        }
    }

    @Override
    public void close() throws SQLException {
        try (source) {
            owner.close();
        }
    }
}
