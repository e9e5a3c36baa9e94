package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** The result of a query of a transaction: from the connection, until somebody else needs that; from then on from memory. */
final class PinnedRows implements RowBatches {
    /** Rows that are kept by one step. */
    private static final int TOGETHER = 2048;

    private final Pin pin;
    private final ResponseBatches rows;
    private final Run run;
    private final Consumer<Throwable> failed;
    /** Null as long as the rows come from the connection; guarded by the pin's lock, as the next one. */
    private RowTape kept;

    private SQLException failure;

    PinnedRows(Pin pin, ResponseBatches rows, Run run, Consumer<Throwable> failed) {
        this.pin = pin;
        this.rows = rows;
        this.run = run;
        this.failed = failed;
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        pin.lock().lock();
        try {
            if (failure != null) {
                throw failure;
            }
            if (kept != null) {
                return kept.read(sinks, maxRows);
            }
            int count = rows.read(sinks, maxRows);
            if (count == 0) {
                kept = RowTape.empty();
                drop();
            }
            return count;
        } catch (SQLException | RuntimeException | Error e) {
            failed.accept(e);
            throw e;
        } finally {
            pin.lock().unlock();
        }
    }

    /**
     * Frees the connection; by who holds the pin's lock.
     *
     * @param limit in bytes
     */
    void keepRest(long limit) throws SQLException {
        RowTape tape = new RowTape(rows.columns().size(), limit);
        try {
            while (tape.record(rows, TOGETHER) > 0) {
                // Until the end.
            }
            kept = tape;
            drop();
        } catch (SQLException | RuntimeException | Error e) {
            failure = e instanceof SQLException known
                    ? known
                    : new SQLException("the rest of the result could not be kept: " + e.getMessage(), "XX000", e);
            failed.accept(e);
            Failures.after(e, this::drop);
            throw e;
        }
    }

    /** Ends the request, if it still runs; by who holds the pin's lock. */
    void drop() throws SQLException {
        if (failure == null && kept == null) {
            failure = new SQLException("the result is closed", "24000");
        }
        try {
            rows.close();
        } finally {
            pin.left(this, run);
        }
    }

    @Override
    public void close() throws SQLException {
        pin.lock().lock();
        try {
            drop();
            kept = RowTape.empty();
        } finally {
            pin.lock().unlock();
        }
    }
}
