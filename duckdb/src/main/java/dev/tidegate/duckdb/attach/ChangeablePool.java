package dev.tidegate.duckdb.attach;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolRetiredException;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pool whose settings may be changed. The pool before a change serves those who have a connection of it or wait for one; it opens no
 * connection for anybody else, and is closed once it is not needed. Thread-safe.
 */
final class ChangeablePool implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final ConnectionSettings login;
    /** Those before the current one that somebody may still use. */
    private final List<ConnectionPool> leaving = new ArrayList<>();
    /** Those that nobody can use any more, until they are closed. */
    private final List<ConnectionPool> closing = new ArrayList<>();

    private volatile ConnectionPool current;
    /** Whether {@link #leaving} is worth a look; acquires come often, changes seldom. */
    private volatile boolean someLeave;

    private PoolStatistics gone = PoolStatistics.none();
    private boolean closed;

    ChangeablePool(ConnectionSettings login, PoolSettings settings) {
        this.login = login;
        this.current = new ConnectionPool(login, settings);
    }

    PoolSettings settings() {
        return current.settings();
    }

    /** Within {@code connectionTimeout}, and within what is left of the statement's time. */
    TdsConnection acquire(Run run) throws SQLException {
        if (someLeave) {
            closeUnused();
        }
        while (true) {
            ConnectionPool pool = current;
            try {
                return pool.acquire(run.atMost(pool.settings().duration(PoolProperty.CONNECTION_TIMEOUT)));
            } catch (PoolRetiredException e) {
                // It was replaced between the look at it and the call, or while this one stood in its line.
            } catch (SQLTimeoutException e) {
                throw run.timedOut(e);
            }
        }
    }

    /** How many connections more there can be at this moment, idle ones included, once all that wait have theirs. */
    int spare() {
        PoolStatistics now = current.statistics();
        return Math.max(0, now.maximum() - now.active() - now.opening() - now.waiting());
    }

    /**
     * A connection that nobody has to give back first.
     *
     * @param limit for opening it; and for the wait, if somebody takes it in the moment after the look
     * @return null if there is none
     */
    TdsConnection acquireSpare(Duration limit) throws SQLException {
        if (spare() == 0) {
            return null;
        }
        try {
            return current.acquire(limit);
        } catch (SQLTimeoutException | PoolRetiredException e) {
            return null;
        }
    }

    /**
     * From now on whoever asks is served under these settings. Connections in use stay with their users.
     *
     * @throws SQLException 08003 if the pool is closed
     */
    void change(PoolSettings settings) throws SQLException {
        ConnectionPool before;
        lock.lock();
        try {
            if (closed) {
                throw new SQLException("the pool is closed", "08003");
            }
            before = current;
            current = new ConnectionPool(login, settings);
            leaving.add(before);
            someLeave = true;
        } finally {
            lock.unlock();
        }
        // Its idle connections go now, the others when they come back.
        before.evict();
        closeUnused();
    }

    PoolStatistics statistics() {
        lock.lock();
        try {
            PoolStatistics all = current.statistics().plus(gone);
            for (ConnectionPool pool : leaving) {
                all = all.plus(pool.statistics());
            }
            for (ConnectionPool pool : closing) {
                all = all.plus(pool.statistics().soFar());
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** A pool that nobody uses closes at once: there is nothing on its connections to be cancelled. */
    private void closeUnused() {
        List<ConnectionPool> retired;
        lock.lock();
        try {
            retired = leaving.stream().filter(ConnectionPool::retire).toList();
            leaving.removeAll(retired);
            closing.addAll(retired);
            someLeave = !leaving.isEmpty();
        } finally {
            lock.unlock();
        }
        for (ConnectionPool pool : retired) {
            try {
                pool.close();
            } finally {
                closed(pool);
            }
        }
    }

    private void closed(ConnectionPool pool) {
        lock.lock();
        try {
            closing.remove(pool);
            gone = gone.plus(pool.statistics().soFar());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<ConnectionPool> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(leaving);
            all.addAll(closing);
            all.add(current);
        } finally {
            lock.unlock();
        }
        all.forEach(ConnectionPool::close);
    }
}
