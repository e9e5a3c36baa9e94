package dev.tidegate.jdbc;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A long value of the row that a result stands on. If the first thing asked of it is a stream from its beginning, it streams from the
 * line and is valid until the next row. Anything else, and leaving the row with nothing asked, takes the value into memory, where it
 * outlives its row and its result.
 *
 * @param <S> InputStream or Reader
 * @param <M> what holds the value in memory
 */
abstract class RowLob<S, M> {
    private final TidegateResultSet result;
    private final int column;
    private boolean streamed;
    private boolean freed;
    private M memory;
    private SQLException failure;

    RowLob(TidegateResultSet result, int column) {
        this.result = result;
        this.column = column;
    }

    abstract S stream(TidegateResultSet of, int at) throws SQLException;

    abstract M load(TidegateResultSet of, int at) throws SQLException;

    abstract S streamOf(M value) throws SQLException;

    /** Whether the value comes over the line that {@code lock} guards, so that it cannot stream into a request of that connection. */
    final boolean isOnLineOf(ReentrantLock lock) {
        return result.lock() == lock;
    }

    final S fromBeginning() throws SQLException {
        result.lock().lock();
        try {
            requireNotFreed();
            if (memory != null || streamed) {
                return streamOf(inMemory());
            }
            S stream = stream(result, column);
            streamed = true;
            return stream;
        } finally {
            result.lock().unlock();
        }
    }

    final M inMemory() throws SQLException {
        result.lock().lock();
        try {
            requireNotFreed();
            if (failure != null) {
                throw new SQLException(failure.getMessage(), failure.getSQLState(), failure);
            }
            if (streamed) {
                throw Failures.sequence(
                        "the value was streamed from the line and is not kept; read it once, or ask for its"
                                + " length or bytes first, which takes it into memory");
            }
            if (memory == null) {
                memory = load(result, column);
            }
            return memory;
        } finally {
            result.lock().unlock();
        }
    }

    /** The row is about to be left; under the lock. What cannot be kept says so when it is asked for. */
    final void settle() {
        if (!freed && !streamed && memory == null) {
            try {
                memory = load(result, column);
            } catch (SQLException e) {
                failure = e;
            }
        }
    }

    final void release() {
        freed = true;
        memory = null;
    }

    private void requireNotFreed() throws SQLException {
        if (freed) {
            throw Failures.closed(this instanceof RowBlob ? "Blob" : "Clob");
        }
    }
}
