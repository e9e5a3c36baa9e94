package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/**
 * The chunks of a DuckDB query, each read as it is made.
 *
 * <p>The JDBC driver ends such a stream in the same way whether the query finished or failed half-way. What tells them apart is the
 * transaction, which a failed query leaves aborted: so the query runs in one, and its state is asked for at the end. A stream is complete
 * only when {@link #next} has returned false.
 *
 * <p>One thread reads; {@link #cancel} comes from another.
 */
final class ChunkStream implements AutoCloseable {
    /** What the reading thread does. The memory of a chunk must not go while it is read, so a cancel waits for that thread's next step. */
    private enum Stage {
        /** In DuckDB, or not begun. */
        FETCHING,
        /** In the current chunk. */
        READING,
        CANCELLED
    }

    private final Connection duckdb;
    private final String sql;
    private final Binding parameters;
    private final boolean isOwn;
    private final boolean inTransaction;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.FETCHING);
    private boolean ownsTransaction;
    private DuckDBPreparedStatement statement;
    private DuckDBChunkedResult result;

    ChunkStream(Connection duckdb, String sql) {
        this(duckdb, sql, Binding.NONE, true, false);
    }

    /**
     * @param isOwn whether nobody else needs the connection, so that a cancel may close it; else a cancel waits for the next chunk
     * @param inTransaction whether the query is part of one, also where the JDBC driver does not know of it
     */
    ChunkStream(Connection duckdb, String sql, Binding parameters, boolean isOwn, boolean inTransaction) {
        this.duckdb = duckdb;
        this.sql = sql;
        this.parameters = parameters;
        this.isOwn = isOwn;
        this.inTransaction = inTransaction;
    }

    /** @return false at the end of the query's rows */
    boolean next() throws SQLException {
        // The first time there is nothing to have read.
        if (!stage.compareAndSet(Stage.READING, Stage.FETCHING) && stage.get() == Stage.CANCELLED) {
            throw cancelled(null);
        }
        boolean more;
        try {
            more = fetch();
        } catch (SQLException | RuntimeException e) {
            if (stage.get() == Stage.CANCELLED) {
                throw cancelled(e);
            }
            throw e;
        }
        if (more && !stage.compareAndSet(Stage.FETCHING, Stage.READING)) {
            throw cancelled(null);
        }
        return more;
    }

    /**
     * Makes the reading thread end with an error. The JDBC driver can interrupt a fetch in one way only, which is to close the connection;
     * so that is what happens to it when the thread is in the middle of one.
     */
    void cancel() throws SQLException {
        if (stage.getAndSet(Stage.CANCELLED) == Stage.FETCHING && isOwn) {
            duckdb.close();
        }
    }

    private boolean fetch() throws SQLException {
        if (result == null) {
            start();
        }
        if (result.nextChunk()) {
            return true;
        }
        checkFinished();
        return false;
    }

    private void start() throws SQLException {
        ownsTransaction = !inTransaction && duckdb.getAutoCommit();
        if (ownsTransaction) {
            duckdb.setAutoCommit(false);
        }
        statement = duckdb.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
        parameters.bind(statement);
        result = statement.query();
    }

    private static SQLException cancelled(Exception cause) {
        return new SQLException("the query was cancelled", "57014", cause);
    }

    /** The current chunk, valid until the next one is asked for. */
    DuckDBDataChunkReader chunk() {
        return result.chunk();
    }

    @Override
    public void close() throws SQLException {
        try {
            closeQuery();
        } finally {
            if (ownsTransaction && !duckdb.isClosed()) {
                // Nothing was written; an aborted transaction can end in no other way.
                duckdb.rollback();
                duckdb.setAutoCommit(true);
            }
        }
    }

    private void closeQuery() throws SQLException {
        if (result != null) {
            result.close();
            result = null;
        }
        if (statement != null) {
            statement.close();
            statement = null;
        }
    }

    private void checkFinished() throws SQLException {
        closeQuery();
        try (Statement probe = duckdb.createStatement()) {
            probe.execute("SELECT 1");
        } catch (SQLException aborted) {
            throw reason(aborted);
        }
    }

    /** Runs the query once more without its rows going anywhere, because its error is lost. */
    private SQLException reason(SQLException aborted) {
        if (ownsTransaction) {
            try {
                duckdb.rollback();
                try (PreparedStatement again = duckdb.prepareStatement("EXPLAIN ANALYZE " + sql)) {
                    parameters.bind(again);
                    again.execute();
                }
            } catch (SQLException found) {
                return found;
            }
        }
        return new SQLException("DuckDB stopped the query before its last row", "XX000", aborted);
    }
}
