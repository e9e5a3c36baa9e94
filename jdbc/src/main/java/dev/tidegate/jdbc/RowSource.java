package dev.tidegate.jdbc;

import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Where the rows of one result come from: the line, or memory. */
interface RowSource {
    List<Column> columns();

    /** Guards the current row: whoever reads its values holds it. */
    ReentrantLock lock();

    /** Moves on; false at the end, and from then on. */
    boolean next() throws SQLException;

    /** The row that {@link #next} moved to, which may be in memory by now. */
    Row current() throws SQLException;

    /** The same row for getters that take no lock, of the thread that has called {@link #next}; null if there is no such way. */
    InPlaceRow inPlace();

    /** Gives up what has not been read; under the lock. Idempotent. */
    void close() throws SQLException;

    /**
     * Without the lock, which another thread holds: stops it if it waits for these rows.
     *
     * @return true if {@link #close} is to follow; false if there is nothing to give up
     */
    boolean interrupt() throws SQLException;
}
