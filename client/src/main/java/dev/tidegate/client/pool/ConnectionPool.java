package dev.tidegate.client.pool;

import dev.tidegate.client.Lender;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections of one login to one server, kept for one user after another. What a user leaves behind, an open transaction, a half-read
 * result, does not reach the next one: it is ended when the connection comes back, and the session is reset by the server together with
 * the next request, which costs no round trip.
 *
 * <p>Connections are opened when they are asked for, in threads of the pool, never more than {@code maximumPoolSize}. Callers who must wait
 * are served in the order of their coming. Thread-safe. All its threads are daemons, and end with {@link #close}. A pool that was lost
 * without being closed, while nobody had a connection of it, is closed some time later, which is logged as a warning.
 */
public final class ConnectionPool implements AutoCloseable {
    /** For what is left to do once the connections have had their {@code closeTimeout}. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String name;
    private final ConnectionSettings connectionSettings;
    private final Duration connectionTimeout;
    private final Pool<PooledSession> pool;
    private final Housekeeper<PooledSession> housekeeper;
    /** Part of the pool, and what is lent has it: nobody can lose the pool while somebody has a connection of it. */
    private final Lender<Lease<PooledSession>> lender = new Lender<>() {
        @Override
        public void giveBack(Lease<PooledSession> lease) {
            pool.release(lease);
        }

        @Override
        public void discard(Lease<PooledSession> lease) {
            pool.invalidate(lease, CloseReason.SPOILT);
        }
    };

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Connects to nothing yet; {@code minimumIdle} connections are opened in the background. */
    public ConnectionPool(ConnectionSettings connectionSettings, PoolSettings settings) {
        this(connectionSettings, settings, () -> {});
    }

    /** @param whenEmpty as {@link Housekeeper#tellWhenEmpty} */
    ConnectionPool(ConnectionSettings connectionSettings, PoolSettings settings, Runnable whenEmpty) {
        this.name = connectionSettings.host();
        this.connectionSettings = connectionSettings;
        this.connectionTimeout = settings.duration(PoolProperty.CONNECTION_TIMEOUT);
        this.pool = new Pool<>(
                name,
                settings,
                PooledSession.opener(connectionSettings),
                System::nanoTime,
                (entry, origin) -> new Reservation(entry, origin, lender));
        this.housekeeper = new Housekeeper<>(name, pool, System.getLogger(ConnectionPool.class.getName()));
        housekeeper.tellWhenEmpty(whenEmpty);
        housekeeper.start(this);
    }

    /** For messages and threads: the host. */
    public String name() {
        return name;
    }

    public ConnectionSettings connectionSettings() {
        return connectionSettings;
    }

    public PoolSettings settings() {
        return pool.settings();
    }

    /** As {@link #acquire(Duration)}, within {@code connectionTimeout}. */
    public TdsConnection acquire() throws SQLException {
        return acquire(connectionTimeout);
    }

    /**
     * A connection in the state that a login leaves it in. Closing it gives it back. May be called by virtual threads; waiting does not hold
     * their carriers.
     *
     * @param limit for waiting, connecting and checking together; zero: none
     * @throws java.sql.SQLTimeoutException (HYT00) if there was none in time
     * @throws PoolRetiredException (08003) after {@link #retire}
     * @throws SQLException 08003 if the pool is closed; what the server or the network said if no connection can be opened
     */
    public TdsConnection acquire(Duration limit) throws SQLException {
        Reservation reservation = reserve(limit);
        TdsConnection lent = null;
        try {
            lent = reservation.connection(null);
            if (lent == null) {
                throw pool.gone();
            }
            reservation.lentAs(lent);
            return lent;
        } finally {
            if (lent == null) {
                reservation.discard();
            }
        }
    }

    /** As {@link #acquire()}, for somebody who may not need the connection after all. */
    public Reservation reserve() throws SQLException {
        return reserve(connectionTimeout);
    }

    private Reservation reserve(Duration limit) throws SQLException {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit=" + limit + ": allowed are zero, which means none, and more");
        }
        // The pool was told to make no others.
        return (Reservation) pool.acquire(limit);
    }

    /** What the pool is doing and has done. */
    public PoolStatistics statistics() {
        return pool.statistics();
    }

    /** As {@link Pool#isRefused}. */
    boolean isRefused() {
        return pool.isRefused();
    }

    /** When a connection of it was last taken or given back, by {@link System#nanoTime}; if none was, when the pool was made. */
    long lastUsed() {
        return pool.lastUsed();
    }

    /**
     * If nobody has a connection of it or waits for one, nobody gets one any more: whoever asks meets a {@link PoolRetiredException}. For
     * somebody who has another pool for those. What is idle stays open until {@link #close}. Does not wait.
     *
     * @return true for the one caller that has brought it about; false too if somebody uses the pool, or it is closed
     */
    public boolean retire() {
        return pool.retire();
    }

    boolean isRetired() {
        return pool.turnstile().isRetired();
    }

    /** After {@link #retire}, as if it had not been. */
    void takeUpAgain() {
        pool.takeUpAgain();
    }

    /** From now on callers wait, until {@link #resume} or their time is over. Connections in use are not touched. */
    public void suspend() {
        pool.turnstile().suspend();
    }

    public void resume() {
        pool.turnstile().resume();
    }

    /** Every connection is replaced: those that are idle now, those in use when they come back. */
    public void evict() {
        pool.evict();
    }

    /**
     * Callers that wait get an error, idle connections are closed, those in use are taken from their users: their requests are cancelled.
     * Takes {@code closeTimeout} and a second at most. A second close waits for the first.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            Threads.await(closed);
            return;
        }
        Deadline deadline = Deadline.after(connectionSettings.closeTimeout().plus(GRACE), "closeTimeout");
        try {
            pool.close(deadline);
        } finally {
            try {
                housekeeper.stop(deadline);
            } finally {
                closed.countDown();
            }
        }
    }

    /** Its name and its numbers. */
    @Override
    public String toString() {
        PoolStatistics now = statistics();
        return "ConnectionPool[" + name + ": " + now.active() + " in use, " + now.idle() + " idle, " + now.opening()
                + " on their way, " + now.waiting() + " waiting, at most " + now.maximum() + "]";
    }
}
