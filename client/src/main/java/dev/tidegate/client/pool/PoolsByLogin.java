package dev.tidegate.client.pool;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link ConnectionPool} for each login, so that nobody gets a connection that was opened in another's name. A pool whose login has never
 * succeeded is dropped again. Thread-safe.
 */
public final class PoolsByLogin implements AutoCloseable {
    private final PoolSettings settings;
    private final Map<ConnectionSettings, ConnectionPool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param settings of each of the pools */
    public PoolsByLogin(PoolSettings settings) {
        this.settings = settings;
    }

    public PoolSettings settings() {
        return settings;
    }

    /** A connection with exactly these settings; see {@link ConnectionPool#acquire()}. */
    public TdsConnection acquire(ConnectionSettings login) throws SQLException {
        ConnectionPool pool = of(login);
        try {
            return pool.acquire();
        } catch (SQLException e) {
            PoolStatistics now = pool.statistics();
            if (now.created() == 0 && now.waiting() == 0 && now.opening() == 0 && pools.remove(login, pool)) {
                pool.close();
            }
            throw e;
        }
    }

    /** The pool of this login; made if there is none. */
    public ConnectionPool of(ConnectionSettings login) {
        ConnectionPool pool = pools.get(login);
        if (pool == null) {
            pool = pools.computeIfAbsent(login, key -> new ConnectionPool(key, settings));
        }
        if (closed) {
            // Whoever closes has either seen this pool, or this sees that all are closed.
            pool.close();
        }
        return pool;
    }

    /** All there are now. */
    public List<ConnectionPool> all() {
        return new ArrayList<>(pools.values());
    }

    /** Closes all pools at once, each as {@link ConnectionPool#close} says; waits for all of them. */
    @Override
    public void close() {
        closed = true;
        List<Thread> closers = new ArrayList<>();
        for (ConnectionPool pool : pools.values()) {
            Thread closer = new Thread(pool::close, "tidegate-pool-close");
            closer.setDaemon(true);
            closer.start();
            closers.add(closer);
        }
        Threads.join(closers);
    }
}
