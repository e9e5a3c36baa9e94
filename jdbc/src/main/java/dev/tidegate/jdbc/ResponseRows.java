package dev.tidegate.jdbc;

import dev.tidegate.client.Response;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The rows of one result: first those that were taken into memory, then those on the line. Used under the session's lock. */
final class ResponseRows implements RowSource {
    /** What an item or a value costs in memory besides its contents, roughly. */
    static final long ITEM_BYTES = 64;

    private final Execution execution;
    private final ReentrantLock lock;
    private final Response response;
    private final List<Column> columns;
    /** Null if none was ever taken into memory. */
    private Deque<Object[]> buffered;

    private volatile boolean onLine = true;
    private SQLException failure;
    private Row current;
    /** Of the row on the line that {@link #current} is made of when it is asked for; null if there is none. */
    private RowCursor cursor;

    private InPlaceRow inPlace;
    private long rows;

    ResponseRows(Execution execution, ReentrantLock lock, Response response, List<Column> columns) {
        this.execution = execution;
        this.lock = lock;
        this.response = response;
        this.columns = columns;
    }

    static SQLException tooMuch(long limit) {
        return new SQLNonTransientException(
                "another result of this connection is still open, and what is left of it does not fit the "
                        + (limit >> 20)
                        + " MB that are kept for that: read it to its end or close it first, or use a second"
                        + " connection",
                Failures.CLOSED_STATE);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public ReentrantLock lock() {
        return lock;
    }

    @Override
    public Row current() {
        if (current == null && cursor != null) {
            response.settleRow();
            current = new LiveRow(response, cursor, columns);
        }
        return current;
    }

    @Override
    public InPlaceRow inPlace() {
        return cursor == null ? null : inPlace;
    }

    @Override
    public boolean next() throws SQLException {
        leave();
        if (buffered != null && !buffered.isEmpty()) {
            current = new Row.Values(buffered.poll());
            return true;
        }
        if (failure != null) {
            SQLException thrown = failure;
            failure = null;
            throw thrown;
        }
        if (!onLine) {
            return false;
        }
        if (nextRow()) {
            cursor = response.row();
            readInPlace();
            return true;
        }
        execution.rowsEnded();
        return false;
    }

    /** What it takes to read a row in place costs more than one row, which is all that many results have. */
    private void readInPlace() {
        rows++;
        if (rows > 1) {
            if (inPlace == null || !inPlace.isFor(cursor)) {
                inPlace = new InPlaceRow(execution.session(), response, cursor);
            }
            inPlace.moved();
        }
    }

    private void leave() {
        current = null;
        cursor = null;
    }

    /** Once there are no more, be it for an error, there never are. */
    private boolean nextRow() throws SQLException {
        boolean moved = false;
        try {
            moved = response.nextRow();
            return moved;
        } catch (SQLException e) {
            execution.failed(e);
            throw e;
        } finally {
            if (!moved) {
                onLine = false;
            }
        }
    }

    /** Makes the row that is being read independent of the line. */
    void detach() throws SQLException {
        Row shown = current();
        if (shown != null) {
            current = new Row.Values(shown.detach());
            cursor = null;
        }
    }

    /**
     * Takes the rows left into memory.
     *
     * @return what is left of {@code room}
     * @throws SQLException if they are more than fit; those taken are not lost
     */
    long buffer(long room) throws SQLException {
        long left = room;
        try {
            while (onLine) {
                if (left <= 0) {
                    throw tooMuch(Session.MOST_BUFFERED);
                }
                if (nextRow()) {
                    Object[] values = new LiveRow(response, response.row(), columns).detach();
                    left -= size(values);
                    if (buffered == null) {
                        buffered = new ArrayDeque<>();
                    }
                    buffered.add(values);
                }
            }
        } catch (SQLException e) {
            if (onLine && left <= 0) {
                throw e;
            }
            onLine = false;
            failure = e;
        }
        return left;
    }

    /** Forgets rows that nobody will read. */
    void drop() {
        buffered = null;
        failure = null;
        onLine = false;
        leave();
    }

    @Override
    public void close() throws SQLException {
        boolean unread = onLine;
        drop();
        if (unread) {
            execution.rowsClosed();
        }
    }

    /** Rows in memory are of no concern to the thread that holds the lock. */
    @Override
    public boolean interrupt() throws SQLException {
        boolean mine = execution.isAtWork(this);
        if (mine) {
            execution.cancel();
        }
        return mine;
    }

    private static long size(Object[] values) {
        long bytes = ITEM_BYTES;
        for (Object value : values) {
            bytes += ITEM_BYTES / 2;
            if (value instanceof String text) {
                bytes += 2L * text.length();
            } else if (value instanceof byte[] array) {
                bytes += array.length;
            }
        }
        return bytes;
    }
}
