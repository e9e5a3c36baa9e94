package dev.tidegate.client.staged;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Connector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Bulk loads into one table, each by a session and in a transaction of its own; so the table has to be one whose rows count only when all
 * are there. Into a heap they run side by side under TABLOCK, whose bulk-update locks go with each other; a clustered index takes one such
 * lock at a time.
 *
 * <p>Each load is used by one thread at a time; {@link #cancel} comes from any.
 */
public final class SideBySideLoads implements AutoCloseable {
    private final List<TdsConnection> connections = new CopyOnWriteArrayList<>();
    private final List<BulkLoad> loads = new ArrayList<>();
    private volatile boolean cancelled;

    /**
     * Opens the sessions.
     *
     * @param options without {@code batchSize}, so that what a session that fails has loaded is gone
     */
    public void open(Connector connector, TableName table, int sessions, BulkLoadOptions options) throws SQLException {
        for (int i = 0; i < sessions; i++) {
            TdsConnection connection = connector.open();
            connections.add(connection);
            if (cancelled) {
                throw cancelled(table);
            }
            loads.add(connection.bulkLoad(table.sql(), options));
            if (cancelled) {
                // It may have come between two requests, and met none.
                throw cancelled(table);
            }
        }
    }

    private static SQLException cancelled(TableName table) {
        return new SQLException("the load into " + table.sql() + " was cancelled", "57014");
    }

    public List<BulkLoad> loads() {
        return List.copyOf(loads);
    }

    /**
     * Ends all loads.
     *
     * @return rows that the server has confirmed
     */
    public long finish() throws SQLException {
        long confirmed = 0;
        for (BulkLoad load : loads) {
            confirmed += load.finish();
        }
        return confirmed;
    }

    /** Makes all loads end with an error; does not wait for them. */
    public void cancel() {
        cancelled = true;
        connections.forEach(TdsConnection::cancel);
    }

    /** Bytes sent over all connections. */
    public long bytesSent() {
        return connections.stream().mapToLong(TdsConnection::bytesSent).sum();
    }

    /** Gives up what is not finished, and closes the connections. Idempotent. */
    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        for (BulkLoad load : loads) {
            try {
                load.close();
            } catch (SQLException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        connections.forEach(TdsConnection::close);
        if (failure != null) {
            throw failure;
        }
    }
}
