package dev.tidegate.duckdb.attach;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One execution of a statement: everything that it does on servers is begun here, so that a cancel finds it, and so that the statement's
 * limit holds for it. Thread-safe.
 */
public final class Run {
    private final Set<TdsConnection> busy = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Duration limit;
    private final long start = System.nanoTime();
    private volatile boolean cancelled;

    /** @param limit zero: none */
    public Run(Duration limit) {
        this.limit = limit;
    }

    /**
     * Sends a request, within what is left of the statement's time. {@link #left} has to be called once the connection is free again.
     *
     * @throws SQLException 57014 if the statement was cancelled, also meanwhile
     */
    public Response execute(TdsConnection connection, String sql) throws SQLException {
        busy.add(connection);
        boolean sent = false;
        try {
            checkCancelled();
            Response response = connection.execute(sql, options());
            if (cancelled) {
                // The cancel may have come before there was a request that it could find.
                response.cancel();
            }
            sent = true;
            return response;
        } finally {
            if (!sent) {
                busy.remove(connection);
            }
        }
    }

    public void left(TdsConnection connection) {
        busy.remove(connection);
    }

    /** Ends what runs on servers, and what is begun later. Does not wait. */
    public void cancel() {
        cancelled = true;
        busy.forEach(TdsConnection::cancel);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** The first failure is the one that the statement failed of. */
    public void failed(Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }

    /** @return what has failed on a server; null if nothing has */
    public Throwable failure() {
        return failure.get();
    }

    private void checkCancelled() throws SQLException {
        if (cancelled) {
            throw new SQLException("the statement was cancelled", "57014");
        }
    }

    private RequestOptions options() throws SQLException {
        if (limit.isZero()) {
            return RequestOptions.DEFAULTS;
        }
        Duration left = limit.minusNanos(System.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            throw new SQLTimeoutException("the query time-out of " + limit.toSeconds() + " s is over", "HYT00");
        }
        return RequestOptions.DEFAULTS.withTimeout(left);
    }
}
