package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The running of requests and the walk through their results, which all statements share.
 *
 * <p>Update counts: {@code execute} and {@code getMoreResults} show each; {@code executeUpdate} and batches give the last one, because a
 * trigger's counts come before that of the statement that fired it.
 */
abstract class StatementResults extends StatementSettings implements TidegateResultSet.Owner {
    /** The name of the column in which identity values come back. */
    static final String GENERATED_KEYS = "GENERATED_KEYS";

    /** Behind an INSERT; on a line of its own in case that ends with a comment. */
    static final String SELECT_KEYS = "\nSELECT SCOPE_IDENTITY() AS " + GENERATED_KEYS;

    /** What an empty result of keys has. */
    private static final List<Column> KEY_COLUMNS =
            List.of(new Column(GENERATED_KEYS, TypeInfo.decimal(38, 0), Column.NULLABLE));

    private static final long NO_COUNT = -1;

    private volatile Execution execution;
    private TidegateResultSet result;
    private long count = NO_COUNT;
    private MemoryRows keys;

    StatementResults(TidegateConnection connection, boolean poolable) throws SQLException {
        super(connection, poolable);
    }

    /** A return status or an output parameter has come. */
    void received(Item item) throws SQLException {
        // Only some statements ask for them.
    }

    /** Sends a request, giving up what is left of the one before. */
    final void start(Request request, boolean readsOnly) throws SQLException {
        requireOpen();
        closeExecution();
        send(request, readsOnly, null);
    }

    /** {@link #start} for the first request of a batch, {@link #goOn} for the others. */
    final void startPart(Request request, boolean readsOnly, boolean first) throws SQLException {
        if (first) {
            start(request, readsOnly);
        } else {
            goOn(request, readsOnly);
        }
    }

    /** As {@link #start}, for another request of the work that runs: it is not sent if that was cancelled. */
    final void goOn(Request request, boolean readsOnly) throws SQLException {
        send(request, readsOnly, before());
    }

    /** As {@link #goOn}, for what the client itself does as a part of the work. */
    final <T> T work(Execution.Work<T> work) throws SQLException {
        return next(false, before()).work(work);
    }

    /** The request before, of the same work, which is over. */
    private Execution before() throws SQLException {
        requireOpen();
        dropResult();
        Execution before = running();
        if (!connection().isClosed()) {
            before.close();
        }
        return before;
    }

    private void send(Request request, boolean readsOnly, Execution before) throws SQLException {
        next(readsOnly, before).start(request, options());
    }

    private Execution next(boolean readsOnly, Execution before) {
        warnings().clear();
        keys = null;
        Execution next = new Execution(session(), warnings(), readsOnly, this::received, before);
        execution = next;
        return next;
    }

    /** Moves to the next result or count; true if it is a result. */
    final boolean advance() throws SQLException {
        result = null;
        count = NO_COUNT;
        Execution current = running();
        // Between an item and its rows no other request may take what follows into memory.
        session().lock().lock();
        try {
            for (Item item = current.next(); item != null; item = current.next()) {
                if (item instanceof Item.Rows) {
                    result = new TidegateResultSet(current.rows(), this, getLargeMaxRows());
                    return true;
                }
                if (item instanceof Item.UpdateCount update) {
                    count = update.count();
                    return false;
                }
            }
            return false;
        } finally {
            session().lock().unlock();
        }
    }

    /** Moves to the first result, past counts. */
    final ResultSet firstResult() throws SQLException {
        while (!advance()) {
            if (count == NO_COUNT) {
                throw Failures.sequence("the statement returned no result: use execute or executeUpdate");
            }
        }
        return result;
    }

    /** Reads the whole answer and gives the last count, 0 if there is none; the first error is thrown when all has been read. */
    final long lastCount(boolean keysWanted) throws SQLException {
        Execution current = running();
        SQLException failure = null;
        long last = 0;
        boolean rows = false;
        boolean more = true;
        while (more) {
            try {
                boolean isResult = advance();
                if (isResult && keysWanted && isKeys(result.columns())) {
                    addKeys();
                } else {
                    rows |= isResult;
                }
                last = count == NO_COUNT ? last : count;
                more = isResult || count != NO_COUNT;
            } catch (SQLException e) {
                failure = chain(failure, e);
                more = current.isLive();
            }
        }
        result = null;
        count = last;
        if (failure != null) {
            throw failure;
        }
        if (rows) {
            throw Failures.sequence(
                    "the statement returned rows, and executeUpdate has no place for them: use execute");
        }
        return last;
    }

    static SQLException chain(SQLException first, SQLException next) {
        if (first == null) {
            return next;
        }
        first.setNextException(next);
        return first;
    }

    private static boolean isKeys(List<Column> columns) {
        return columns.size() == 1 && columns.get(0).name().equals(GENERATED_KEYS);
    }

    private void addKeys() throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(result.row().detach());
        }
        keys = new MemoryRows(result.columns(), rows);
    }

    final void setKeys(MemoryRows rows) {
        keys = rows;
    }

    final MemoryRows keys() {
        return keys;
    }

    final Execution execution() {
        return execution;
    }

    /** What was started last; another thread may have closed the statement since. */
    final Execution running() throws SQLException {
        Execution current = execution;
        if (current == null) {
            throw Failures.closed("statement");
        }
        return current;
    }

    @Override
    public final Statement statement() {
        return this;
    }

    @Override
    public final boolean isConnectionClosed() {
        return connection().wasClosed();
    }

    @Override
    public final void resultClosed() throws SQLException {
        Execution current = execution;
        if (closesOnCompletion() && (current == null || !current.isLive())) {
            close();
        }
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        requireOpen();
        return result;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return (int) Math.min(getLargeUpdateCount(), Integer.MAX_VALUE);
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        requireOpen();
        return count;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        requireOpen();
        if (current == KEEP_CURRENT_RESULT) {
            throw Failures.unsupported("several open results of one statement: use one statement for each");
        }
        if (current != CLOSE_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
            throw Failures.invalid(current + " is none of the constants for getMoreResults");
        }
        if (execution == null) {
            return false;
        }
        if (result != null) {
            result.markClosed();
        }
        return advance();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        requireOpen();
        MemoryRows rows = keys;
        keys = null;
        return new TidegateResultSet(rows != null ? rows : new MemoryRows(KEY_COLUMNS, List.of()), this, 0);
    }

    /** Any thread; without effect if nothing runs. */
    @Override
    public void cancel() throws SQLException {
        requireOpen();
        Execution current = execution;
        while (current != null) {
            current.cancel();
            // The same work may have gone on to its next request meanwhile, which sees one of the two.
            Execution now = execution;
            current = now != null && now.continues(current) ? now : null;
        }
    }

    private void dropResult() {
        TidegateResultSet shown = result;
        if (shown != null) {
            shown.markClosed();
        }
        result = null;
        count = NO_COUNT;
    }

    final void closeExecution() throws SQLException {
        dropResult();
        Execution current = execution;
        execution = null;
        if (current != null && !connection().isClosed()) {
            current.close();
        }
    }

    /** Any thread; idempotent. A running execution of this statement is cancelled first. */
    @Override
    public void close() throws SQLException {
        if (markClosed()) {
            released();
            closeExecution();
        }
    }

    /** Called once by close, before anything waits. */
    void released() {
        // Most statements hold nothing on the server.
    }
}
