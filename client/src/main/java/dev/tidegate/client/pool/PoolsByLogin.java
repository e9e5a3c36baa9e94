package dev.tidegate.client.pool;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A {@link ConnectionPool} for each login, so that nobody gets a connection that was opened in another's name. A pool without a connection
 * for {@code idleTimeout} is dropped again; at {@code maximumPools} the one that was unused for longest makes room. One whose server cannot
 * be reached stays, and with it the pause before the next attempt.
 *
 * <p>So does one whose login was refused before it ever succeeded, but only until nobody has tried for a few seconds, so that no password
 * that is good for nothing is kept; there are {@value #MOST_REFUSED} of these at most. Who tries the same again waits for the pause, while
 * another password of the same user, which may be the right one, has a pool of its own and waits for nobody. Thread-safe.
 */
public final class PoolsByLogin implements AutoCloseable {
    private static final int MOST_REFUSED = 16;

    /** Those that are missed least come first. */
    private static final Comparator<Ranked> WORTH =
            Comparator.comparing((Ranked each) -> !each.refused).thenComparingLong(Ranked::lastUsed);

    private final PoolSettings settings;
    private final int most;
    private final Map<ConnectionSettings, LoginPool> pools = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    /** For the two below: a pool is counted either by what it says itself, or in what is past. */
    private final ReentrantLock counting = new ReentrantLock();

    private final Set<ConnectionPool> counted = new HashSet<>();
    private PoolStatistics past = PoolStatistics.none();
    private final Threads closers = new Threads(() -> "tidegate-pool-close");
    private volatile boolean closed;

    /** @param settings of each of the pools */
    public PoolsByLogin(PoolSettings settings) {
        this.settings = settings;
        this.most = settings.get(PoolProperty.MAXIMUM_POOLS);
    }

    public PoolSettings settings() {
        return settings;
    }

    /**
     * A connection with exactly these settings; see {@link ConnectionPool#acquire()}.
     *
     * @throws SQLTransientConnectionException (08001) if it needs a pool of its own, and {@code maximumPools} are in use
     */
    public TdsConnection acquire(ConnectionSettings login) throws SQLException {
        return take(login, ConnectionPool::acquire);
    }

    /** As {@link #acquire}, for somebody who may not need the connection after all. */
    public Reservation reserve(ConnectionSettings login) throws SQLException {
        return take(login, ConnectionPool::reserve);
    }

    @FunctionalInterface
    private interface Taking<T> {
        T from(ConnectionPool pool) throws SQLException;
    }

    private <T> T take(ConnectionSettings login, Taking<T> taking) throws SQLException {
        for (; ; ) {
            LoginPool present = get(login);
            try {
                return taking.from(present.pool());
            } catch (PoolRetiredException e) {
                // It is being dropped in this very moment.
                Thread.onSpinWait();
            } catch (SQLInvalidAuthorizationSpecException e) {
                if (present.pool().isRefused()) {
                    dropOldestRefused();
                }
                throw e;
            }
        }
    }

    /**
     * The pool of this login; made if there is none. It stays until all are closed.
     *
     * @throws SQLException 08003 if all are closed; as {@link #acquire} if there is no room
     */
    public ConnectionPool of(ConnectionSettings login) throws SQLException {
        if (closed) {
            throw new PoolErrors(login.host()).closed();
        }
        // Its user is not known, and may come at any time.
        LoginPool present = get(login);
        while (!present.keep()) {
            Thread.onSpinWait();
            present = get(login);
        }
        return present.pool();
    }

    /** All there are now. */
    public List<ConnectionPool> all() {
        List<ConnectionPool> all = new ArrayList<>();
        // None is made meanwhile: one that was dropped and the one in its place would both be seen, and be too many.
        making.lock();
        try {
            pools.values().forEach(each -> all.add(each.pool()));
        } finally {
            making.unlock();
        }
        return all;
    }

    /** Of all pools together, those that were dropped included, so that what is counted never decreases. */
    public PoolStatistics statistics() {
        counting.lock();
        try {
            PoolStatistics sum = past;
            for (ConnectionPool pool : counted) {
                sum = sum.plus(pool.statistics());
            }
            return sum;
        } finally {
            counting.unlock();
        }
    }

    /** Closes all pools at once, each as {@link ConnectionPool#close} says; waits for all of them, also for those dropped before. */
    @Override
    public void close() {
        closed = true;
        pools.values().forEach(each -> aside(each.pool()::close));
        closers.join(Deadline.never());
    }

    private LoginPool get(ConnectionSettings login) throws SQLException {
        LoginPool present = pools.get(login);
        return present != null ? present : make(login);
    }

    private LoginPool make(ConnectionSettings login) throws SQLException {
        making.lock();
        try {
            LoginPool present = pools.get(login);
            if (present != null) {
                return present;
            }
            if (pools.size() >= most) {
                makeRoom();
            }
            LoginPool made = new LoginPool(login, settings, this::drop);
            pools.put(login, made);
            count(made.pool());
            if (closed) {
                // Whoever closes has either seen this pool, or this sees that all are closed.
                made.pool().close();
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private void makeRoom() throws SQLException {
        Optional<Ranked> dropped =
                ranked().filter(each -> makesRoom(each.login, each.pool)).findFirst();
        if (dropped.isEmpty()) {
            throw new SQLTransientConnectionException(
                    "another login needs another pool, and there are " + most
                            + " (maximumPools), all of which are in use",
                    SqlStates.CONNECTION_REFUSED);
        }
    }

    /** Whoever guesses passwords shall not fill the memory. */
    private void dropOldestRefused() {
        List<Ranked> refused = ranked().filter(Ranked::refused).toList();
        for (int i = 0; i < refused.size() - MOST_REFUSED; i++) {
            drop(refused.get(i).login, refused.get(i).pool);
        }
    }

    /** Those first that are worth the least. */
    private Stream<Ranked> ranked() {
        return pools.entrySet().stream()
                .map(each -> new Ranked(
                        each.getKey(),
                        each.getValue(),
                        each.getValue().pool().isRefused(),
                        each.getValue().pool().lastUsed()))
                .sorted(WORTH);
    }

    /** What a pool is sorted by, taken once: it changes all the time. */
    private record Ranked(ConnectionSettings login, LoginPool pool, boolean refused, long lastUsed) {}

    private boolean makesRoom(ConnectionSettings login, LoginPool unused) {
        boolean makesRoom = drop(login, unused) || unused.isEnded();
        if (makesRoom) {
            // Who drops it may not have come to this yet.
            pools.remove(login, unused);
        }
        return makesRoom;
    }

    /** False if the pool is in use. */
    private boolean drop(ConnectionSettings login, LoginPool unused) {
        boolean ended = unused.end();
        if (ended) {
            pools.remove(login, unused);
            aside(() -> closeForGood(unused.pool()));
        }
        return ended;
    }

    private void count(ConnectionPool made) {
        counting.lock();
        try {
            counted.add(made);
        } finally {
            counting.unlock();
        }
    }

    private void closeForGood(ConnectionPool dropped) {
        try {
            dropped.close();
        } finally {
            counting.lock();
            try {
                counted.remove(dropped);
                past = past.plus(dropped.statistics().soFar());
            } finally {
                counting.unlock();
            }
        }
    }

    /** In a thread of its own: the pool's own thread may be the one that asks for it. */
    private void aside(Runnable close) {
        closers.newThread(close).start();
    }
}
