package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/**
 * The chunks of a DuckDB query, each read as it is made.
 *
 * <p>The JDBC driver ends such a stream in the same way whether the query finished or failed half-way. What tells them apart is the
 * transaction, which a failed query leaves aborted: so the query runs in one, and its state is asked for at the end. A stream is complete
 * only when {@link #next} has returned false.
 */
final class ChunkStream implements AutoCloseable {
    private final Connection duckdb;
    private final String sql;
    private final boolean ownsTransaction;
    private DuckDBPreparedStatement statement;
    private DuckDBChunkedResult result;

    ChunkStream(Connection duckdb, String sql) throws SQLException {
        this.duckdb = duckdb;
        this.sql = sql;
        this.ownsTransaction = duckdb.getAutoCommit();
        if (ownsTransaction) {
            duckdb.setAutoCommit(false);
        }
        try {
            statement = duckdb.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
            result = statement.query();
        } catch (SQLException | RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /** @return false at the end of the query's rows */
    boolean next() throws SQLException {
        if (result.nextChunk()) {
            return true;
        }
        checkFinished();
        return false;
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

    private void closeAfter(Exception primary) {
        try {
            close();
        } catch (SQLException e) {
            primary.addSuppressed(e);
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
                try (Statement again = duckdb.createStatement()) {
                    again.execute("EXPLAIN ANALYZE " + sql);
                }
            } catch (SQLException found) {
                return found;
            }
        }
        return new SQLException("DuckDB stopped the query before its last row", "XX000", aborted);
    }
}
