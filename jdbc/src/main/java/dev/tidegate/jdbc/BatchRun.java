package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.event.Batching;
import dev.tidegate.client.event.Journal;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One execution of a batch of parameter rows: calls in messages of at most {@link #MOST_CALLS}, and the count of each from its part of the
 * answer.
 */
final class BatchRun {
    /** Bounds what the server answers before anybody reads it. */
    static final int MOST_CALLS = 500;

    private final StatementResults statement;
    private final PreparedCall prepared;
    private final boolean keysWanted;
    private final Deadline deadline;
    private final List<Object[]> keys = new ArrayList<>();
    private List<Column> keyColumns = List.of();

    BatchRun(StatementResults statement, PreparedCall prepared, boolean keysWanted) {
        this.statement = statement;
        this.prepared = prepared;
        this.keysWanted = keysWanted;
        this.deadline = Batches.deadline(statement);
    }

    /** @param sql with its markers */
    long[] run(List<List<Binding>> rows, String sql) throws SQLException {
        Batches counts = new Batches(rows.size());
        Batching told = Journal.batching(where(), rows.size());
        BatchLoad load = BatchLoad.of(statement, keysWanted, sql, rows, deadline);
        boolean goesOn = true;
        while (goesOn && counts.done() < rows.size()) {
            int from = counts.done();
            if (load.isDue(counts)) {
                goesOn = load.run(counts);
                continue;
            }
            boolean prepares =
                    from == 0 && rows.size() > 2 && !rows.get(0).isEmpty() && !prepared.hasHandle(rows.get(0));
            // The first row alone brings the handle that makes the others short, or shows that they can be loaded.
            int to = prepares || load.isWanted() && from == 0 ? from + 1 : Math.min(rows.size(), from + MOST_CALLS);
            Supplier<List<ProcedureCall>> calls = prepares
                    ? () -> List.of(prepared.prepare(rows.get(from)))
                    : () -> prepared.forBatch(rows.subList(from, to));
            goesOn = run(calls, to - from, counts);
        }
        if (keysWanted && !keyColumns.isEmpty()) {
            statement.setKeys(new MemoryRows(keyColumns, keys));
        }
        load.count(told, counts.outcome());
        return counts.finish();
    }

    private ErrorContext where() {
        TdsConnection client = statement.session().client();
        return new ErrorContext(client.settings().host(), client.settings().port(), client.database(), "batch");
    }

    /** False if not all calls were answered: the batch was cancelled, timed out, or lost its connection. */
    private boolean run(Supplier<List<ProcedureCall>> calls, int rows, Batches counts) {
        int to = counts.done() + rows;
        SQLException failure = null;
        try {
            statement.startPart(
                    (client, options) -> client.call(calls, RequestOptions.until(deadline)), false, counts.done() == 0);
            failure = readUndisturbed(counts, rows == 1, to);
        } catch (SQLException e) {
            failure = e;
        }
        if (counts.done() < to) {
            counts.failed(failure != null ? failure : notAnswered());
            return false;
        }
        return true;
    }

    /** Between an item and its rows no other request may take what follows into memory. */
    private SQLException readUndisturbed(Batches counts, boolean single, int to) throws SQLException {
        ReentrantLock lock = statement.session().lock();
        lock.lock();
        try {
            return readAnswers(counts, single, to);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads the whole answer.
     *
     * @param single the end of a single call is that of the answer
     * @return an error that belongs to no call that ended, or null
     */
    private SQLException readAnswers(Batches counts, boolean single, int to) throws SQLException {
        Execution execution = statement.running();
        long last = Statement.SUCCESS_NO_INFO;
        SQLException failure = null;
        boolean more = true;
        boolean complete = false;
        while (more) {
            try {
                Item item = execution.next();
                complete = item == null;
                if (item instanceof Item.UpdateCount update) {
                    last = update.count();
                } else if (item instanceof Item.Rows rows) {
                    takeKeys(rows, execution);
                } else if (item instanceof Item.CallEnd && counts.done() < to) {
                    endRow(counts, last, failure);
                    last = Statement.SUCCESS_NO_INFO;
                    failure = null;
                }
                more = !complete;
            } catch (SQLException e) {
                failure = StatementResults.chain(failure, e);
                more = execution.isLive();
                complete = !more && DatabaseError.of(e).isPresent();
            }
        }
        if (single && complete) {
            endRow(counts, last, failure);
        }
        return failure;
    }

    private static void endRow(Batches counts, long count, SQLException failure) {
        if (failure != null) {
            counts.failed(failure);
        } else {
            counts.succeeded(count);
        }
    }

    private static SQLException notAnswered() {
        return new SQLException("the server did not run this row of the batch", "HY000");
    }

    private void takeKeys(Item.Rows rows, Execution execution) throws SQLException {
        boolean areKeys = keysWanted
                && rows.columns().size() == 1
                && rows.columns().get(0).name().equals(StatementResults.GENERATED_KEYS);
        if (areKeys) {
            keyColumns = rows.columns();
            ResponseRows answer = execution.rows();
            while (answer.next()) {
                keys.add(answer.current().detach());
            }
        }
    }
}
