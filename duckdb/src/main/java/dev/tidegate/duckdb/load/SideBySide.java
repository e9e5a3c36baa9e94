package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Misfit;
import dev.tidegate.tds.row.ColumnSource;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBDataChunkReader;

/** A load into several targets at once: each chunk of DuckDB's, from whichever thread, goes into one that has nothing to do. */
final class SideBySide {
    /** A target, and what reads chunks for it. Used by one thread at a time. */
    record Lane(RowTarget target, ChunkSource[] sources) {}

    private final BlockingQueue<Lane> idle;
    private final LongConsumer progress;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean cancelled;

    /** @param progress told the rows sent so far, on any thread */
    SideBySide(List<Lane> lanes, LongConsumer progress) {
        this.idle = new LinkedBlockingQueue<>(lanes);
        this.progress = progress;
    }

    long sent() {
        return sent.get();
    }

    /** What went wrong first; null if nothing did. */
    Throwable failure() {
        return failure.get();
    }

    void cancel() {
        cancelled = true;
    }

    /** The columns begin with the second one. */
    void take(DuckDBDataChunkReader chunk, int rows) throws SQLException {
        Lane lane = await();
        try {
            check();
            for (int i = 0; i < lane.sources.length; i++) {
                lane.sources[i].begin(chunk.vector(i + 1));
            }
            lane.target.write((ColumnSource[]) lane.sources, rows);
            progress.accept(sent.addAndGet(rows));
        } catch (Misfit e) {
            throw failed(e.somewhere());
        } catch (SQLException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            throw e;
        } finally {
            idle.add(lane);
        }
    }

    private void check() throws SQLException {
        if (cancelled) {
            throw new SQLException("the load was cancelled", "57014");
        }
        if (failure.get() != null) {
            throw new SQLException("the load has failed", "57014", failure.get());
        }
    }

    private SQLException failed(SQLException e) {
        failure.compareAndSet(null, e);
        return e;
    }

    /** Whoever has a lane gives it back, whatever becomes of its chunk: so the wait is no longer than a target takes for one. */
    private Lane await() throws SQLException {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the load was interrupted", "57014", e);
        }
    }
}
