package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.engine.tx.ScanPart;
import dev.tidegate.duckdb.engine.tx.WholePart;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunctionState;

/**
 * One reading of a source by one statement. Connections are taken when the first row is wanted, not before, and given back with the last
 * one, or when DuckDB drops the scan, whichever comes first.
 *
 * <p>There may be several parts, each with a connection of its own. Each of DuckDB's threads takes the part that waits for longest, fills one
 * chunk from it and puts it back; so it makes no difference how many threads DuckDB uses, and a single one goes round. What is not read waits
 * in the network: nothing is kept here. The first failure ends all parts. Thread-safe.
 */
final class Scan implements DuckDBTableFunctionState {
    private final ScanSource source;
    private final Tsql condition;
    private final int[] wanted;
    private final Parallelism parallelism;
    private final Run run;
    private final RemoteWork remote;
    /** Held while the parts are made: whoever comes meanwhile waits for them. */
    private final ReentrantLock opening = new ReentrantLock();

    private volatile List<Part> all;
    /** Those that nobody fills a chunk from. */
    private final Queue<Part> waiting = new ConcurrentLinkedQueue<>();

    private volatile boolean ended;

    private record Part(ScanPart rows, ScanSchema.Filling filling) {}

    /** @param condition which rows are needed; null: all */
    Scan(ScanSource source, Tsql condition, int[] wanted, Parallelism parallelism, Run run, RemoteWork remote) {
        this.source = source;
        this.condition = condition;
        this.wanted = wanted;
        this.parallelism = parallelism;
        this.run = run;
        this.remote = remote;
    }

    /** @return rows in the chunk; 0 if this thread is not needed any more */
    long fill(DuckDBDataChunkWriter chunk) throws SQLException {
        try {
            open();
            for (Part part = waiting.poll(); part != null; part = waiting.poll()) {
                int rows = fill(chunk, part);
                if (rows > 0) {
                    run.read(rows);
                    return rows;
                }
            }
            return 0;
        } catch (SQLException | RuntimeException | Error e) {
            if (e instanceof SQLException failure && isPushed() && Refusals.isRefusal(failure)) {
                source.database().pushDownRefused();
                run.pushDownRefused();
            }
            run.failed(e);
            ended = true;
            List<Part> others = all;
            if (others != null) {
                others.forEach(part -> part.rows().cancel());
            }
            closeWaiting(e);
            throw e;
        }
    }

    private int fill(DuckDBDataChunkWriter chunk, Part part) throws SQLException {
        boolean goesOn = false;
        try {
            if (ended) {
                return 0;
            }
            int rows = part.filling().fill(chunk, part.rows());
            goesOn = rows > 0 || !part.rows().isOver();
            return rows;
        } finally {
            if (goesOn) {
                waiting.add(part);
            } else {
                part.rows().close();
            }
        }
    }

    private void open() throws SQLException {
        if (all != null || ended) {
            return;
        }
        opening.lock();
        try {
            if (all == null && !ended) {
                ScanSource.Request request = source.request(wanted, condition);
                List<? extends ScanPart> opened = opened(request);
                List<Part> made = new ArrayList<>();
                for (ScanPart rows : opened) {
                    made.add(new Part(
                            rows,
                            source.schema().filling(wanted, request.places(), request.width(), opened.size() == 1)));
                }
                all = made;
                waiting.addAll(made);
            }
        } finally {
            opening.unlock();
        }
    }

    private List<? extends ScanPart> opened(ScanSource.Request request) throws SQLException {
        if (source instanceof ScanSource.Table table && parallelism.connections() > 1) {
            return remote.scan(
                    table.database(),
                    run,
                    table.name(),
                    parallelism,
                    range -> table.request(wanted, range.map(this::and).orElse(condition))
                            .sql());
        }
        WholePart whole = new WholePart(remote.query(
                source.database(), run, request.sql().sql(), request.sql().parameters()));
        boolean expected = false;
        try {
            source.check(whole.columns());
            expected = true;
            return List.of(whole);
        } finally {
            if (!expected) {
                whole.close();
            }
        }
    }

    private Tsql and(Tsql range) {
        return condition == null ? range : Tsql.of("{} AND {}", range, condition);
    }

    /** Whether push-down has made some of what the server was asked. */
    private boolean isPushed() {
        return condition != null || source instanceof ScanSource.Answer;
    }

    private void closeWaiting(Throwable first) {
        for (Part part = waiting.poll(); part != null; part = waiting.poll()) {
            try {
                part.rows().close();
            } catch (SQLException secondary) {
                first.addSuppressed(secondary);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        ended = true;
        List<Part> last = all;
        if (last != null) {
            SQLException failure = null;
            for (Part part : last) {
                try {
                    part.rows().close();
                } catch (SQLException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
