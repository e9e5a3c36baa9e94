package dev.tidegate.client;

import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLException;
import java.util.List;

/**
 * The answer to a request, read as it arrives. {@link #cancel} may come from any thread; the rest belongs to one thread at a time.
 */
public final class Response implements AutoCloseable {
    private Response() {}

    /**
     * Moves to the next thing of the answer; the rows left of the current result are skipped.
     *
     * @return null at the end of the answer
     * @throws SQLException in the place of a server's error; calling again goes on after it
     */
    public Item next() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Moves to the next row of the current {@link Item.Rows}; false at its end. */
    public boolean nextRow() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /**
     * Decodes up to {@code maxRows} rows of the current result into {@code sinks}, rows counted from 0 at each call.
     *
     * @param sinks one for each column; null skips the column
     * @return rows decoded; 0 at the end of this result
     */
    public int readColumns(ColumnSink[] sinks, int maxRows) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Informational messages so far, the oldest first; bounded. */
    public List<ServerMessage> messages() {
        throw new UnsupportedOperationException();
    }

    /** Reads the rest to its end, throwing the first error in it; what a caller does who wants the whole batch to run. */
    public void finish() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** True until the end of the answer was read, or close. */
    public boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    public void cancel() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Cancels what has not arrived yet and leaves the connection ready for the next request. */
    @Override
    public void close() throws SQLException {
        throw new UnsupportedOperationException();
    }
}
