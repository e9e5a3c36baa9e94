package dev.tidegate.client.pool;

import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.transport.Deadline;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens a pool's connections, each in a thread of its own, so that one that hangs keeps nobody from the others. There are as many attempts
 * as callers in line, and no more than empty slots; after a failure all wait, see {@link ConnectBreaker}. Thread-safe.
 */
final class Openings<M extends Pooled> {
    private static final double JITTER = 0.1;

    private final PoolSettings settings;
    private final Opener<M> opener;
    private final Turnstile<Entry<M>> turnstile;
    private final PoolCounters counters;
    private final Pool<M> pool;
    private final ConnectBreaker breaker = new ConnectBreaker();
    private final Set<Opener.Opening<M>> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Threads threads;
    private final ThreadPoolExecutor executor;

    Openings(
            String name,
            PoolSettings settings,
            Opener<M> opener,
            Turnstile<Entry<M>> turnstile,
            PoolCounters counters,
            Pool<M> pool) {
        this.settings = settings;
        this.opener = opener;
        this.turnstile = turnstile;
        this.counters = counters;
        this.pool = pool;
        int size = settings.get(PoolProperty.MAXIMUM_POOL_SIZE);
        AtomicInteger numbers = new AtomicInteger();
        this.threads = new Threads(() -> "tidegate-pool-" + name + "-" + numbers.incrementAndGet());
        this.executor = new ThreadPoolExecutor(size, size, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Of the last attempt; null if it succeeded. */
    SQLException lastFailure() {
        return breaker.lastFailure();
    }

    /** Whether the last attempt has failed because of the login, and not because of the server or the network. */
    boolean isLoginRefused() {
        return breaker.lastFailure() instanceof SQLInvalidAuthorizationSpecException;
    }

    /** Why there are no connections at all, in use ones included; null if there are, or the server takes them. */
    SQLException outage() {
        SQLException why = breaker.lastFailure();
        return why == null || isAnyLeft() ? null : refusal(why);
    }

    /**
     * Begins as many attempts as there are callers in line without one or a connection that has become free. In the pause after a failure
     * they wait for the attempt that ends it: its failure is theirs too, and it comes sooner than most of them would give up. Told at
     * once of the failure before, a caller that just tries again would do so for the whole pause.
     *
     * @return nanoseconds until another attempt may be made
     * @throws SQLException if the pool is closed
     */
    long prepare() throws SQLException {
        while (isAnyNeeded() && !turnstile.isSuspended()) {
            long pause = breaker.pauseLeft(pool.now());
            if (pause > 0) {
                // Nor is a slot reserved for a moment: a caller whose time is over would take it for a connection on
                // its way.
                return pause;
            }
            Slot<Entry<M>> slot = turnstile.reserve();
            if (slot == null) {
                break;
            }
            if (!breaker.mayTry(pool.now())) {
                slot.empty(Slot.State.OPENING);
                return Math.max(1, breaker.pauseLeft(pool.now()));
            }
            begin(slot);
        }
        return Long.MAX_VALUE;
    }

    private boolean isAnyNeeded() {
        // The attempts first: before one that ends is counted out, its connection is idle or with a caller.
        int coming = count.get() + turnstile.count(Slot.State.IDLE);
        return coming < turnstile.waiting() && turnstile.count(Slot.State.EMPTY) > 0 && coming < turnstile.unserved();
    }

    /**
     * Opens one connection more, if there is room and no failure to wait out; for keeping {@code minimumIdle}. A login that was refused is
     * tried again by callers only: a server may lock an account for too many attempts.
     */
    boolean openSpare() throws SQLException {
        if (isLoginRefused() || breaker.pauseLeft(pool.now()) > 0) {
            return false;
        }
        Slot<Entry<M>> slot = turnstile.reserve();
        if (slot == null) {
            return false;
        }
        if (!breaker.mayTry(pool.now())) {
            slot.empty(Slot.State.OPENING);
            // A caller in line may have seen no empty slot in between.
            turnstile.wakeHead();
            return false;
        }
        begin(slot);
        return true;
    }

    /** Runs something that may wait, in a thread of the pool. */
    void execute(Runnable task) {
        executor.execute(() -> runQuietly(task));
    }

    /** In a thread of the pool there is nobody to tell of a connection whose close fails, and nothing is printed. */
    private static void runQuietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            System.getLogger(Pool.class.getName()).log(Level.DEBUG, "closing a connection of a pool failed", e);
        }
    }

    /** Attempts under way fail soon, and there are no new ones. */
    void close() {
        running.forEach(Opener.Opening::abort);
    }

    /** No task is taken any more; waits until the threads have ended. */
    void shutdown(Deadline deadline) {
        executor.shutdown();
        threads.join(executor, deadline);
    }

    private void begin(Slot<Entry<M>> slot) throws SQLException {
        count.incrementAndGet();
        boolean started = false;
        try {
            execute(() -> open(slot));
            started = true;
        } catch (RejectedExecutionException e) {
            throw pool.gone();
        } finally {
            if (!started) {
                count.decrementAndGet();
                slot.empty(Slot.State.OPENING);
            }
        }
    }

    private void open(Slot<Entry<M>> slot) {
        try {
            if (fill(slot)) {
                pool.settle(slot, pool.isClosed() ? CloseReason.POOL_CLOSED : null);
            }
        } finally {
            // Only now: until then a caller in line would begin an attempt too many.
            count.decrementAndGet();
            turnstile.wakeHead();
        }
    }

    private boolean fill(Slot<Entry<M>> slot) {
        int generation = pool.generation();
        long begun = pool.now();
        try {
            M opened = open();
            breaker.succeeded();
            counters.created();
            long now = pool.now();
            slot.fill(new Entry<>(slot, opened, generation, expiry(now), now), now);
            return true;
        } catch (SQLException e) {
            failed(slot, e, begun);
        } catch (RuntimeException | Error e) {
            failed(slot, unexpected(e), begun);
        }
        return false;
    }

    private M open() throws SQLException {
        Opener.Opening<M> opening = opener.prepare();
        running.add(opening);
        try {
            if (pool.isClosed()) {
                // Whoever closes the pool has either seen this attempt, or this sees that the pool is closed.
                opening.abort();
            }
            return opening.open();
        } finally {
            running.remove(opening);
        }
    }

    private void failed(Slot<Entry<M>> slot, SQLException why, long begun) {
        counters.failed();
        long now = pool.now();
        breaker.failed(why, begun, now);
        pool.notOpened(now);
        slot.empty(Slot.State.OPENING);
        if (!isAnyLeft()) {
            turnstile.failAll(() -> refusal(why));
        }
    }

    /** An attempt that was ended because the pool closes failed for that reason, whatever it says. */
    private SQLException refusal(SQLException why) {
        return pool.isClosed() ? pool.gone() : pool.errors().again(why);
    }

    /** Whether a caller in line may hope for a connection that exists or is on its way. */
    private boolean isAnyLeft() {
        return turnstile.count(Slot.State.EMPTY) < turnstile.slots().size();
    }

    private long expiry(long now) {
        long lifetime = settings.nanos(PoolProperty.MAX_LIFETIME);
        long shorter = (long) (lifetime * JITTER * ThreadLocalRandom.current().nextDouble());
        return lifetime == 0 ? Long.MAX_VALUE : now + lifetime - shorter;
    }

    private static SQLException unexpected(Throwable cause) {
        return new SQLNonTransientConnectionException(
                "a connection could not be opened: " + cause, SqlStates.CONNECTION_REFUSED, cause);
    }
}
