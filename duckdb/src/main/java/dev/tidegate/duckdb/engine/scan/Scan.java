package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanSchema;
import java.sql.SQLException;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunctionState;

/**
 * One reading of a source by one statement. A connection is taken when the first row is wanted, not before, and given back with the last
 * one, or when DuckDB drops the scan, whichever comes first. DuckDB calls it from one thread at a time.
 */
final class Scan implements DuckDBTableFunctionState {
    private final ScanSource source;
    private final Tsql condition;
    private final int[] wanted;
    private final Run run;
    private final RemoteWork remote;
    private RowBatches batches;
    private ScanSchema.Filling filling;
    private boolean ended;

    /** @param condition which rows are needed; null: all */
    Scan(ScanSource source, Tsql condition, int[] wanted, Run run, RemoteWork remote) {
        this.source = source;
        this.condition = condition;
        this.wanted = wanted;
        this.run = run;
        this.remote = remote;
    }

    long fill(DuckDBDataChunkWriter chunk) throws SQLException {
        try {
            if (ended) {
                return 0;
            }
            if (batches == null) {
                open();
            }
            int rows = filling.fill(chunk, batches);
            run.read(rows);
            if (rows == 0) {
                close();
            }
            return rows;
        } catch (SQLException | RuntimeException | Error e) {
            run.failed(e);
            try {
                close();
            } catch (SQLException secondary) {
                e.addSuppressed(secondary);
            }
            throw e;
        }
    }

    private void open() throws SQLException {
        ScanSource.Request request = source.request(wanted, condition);
        batches = remote.query(
                source.database(), run, request.sql().sql(), request.sql().parameters());
        source.check(batches.columns());
        filling = source.schema().filling(wanted, request.places(), request.width());
    }

    @Override
    public void close() throws SQLException {
        ended = true;
        RowBatches open = batches;
        batches = null;
        if (open != null) {
            open.close();
        }
    }
}
