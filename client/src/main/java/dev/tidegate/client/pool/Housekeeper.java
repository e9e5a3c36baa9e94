package dev.tidegate.client.pool;

import dev.tidegate.client.event.Journal;
import dev.tidegate.client.transport.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a pool does by itself, in one thread of its own: closes what is too old, idle for too long or dead, asks idle connections whether
 * they still work, keeps {@code minimumIdle} ready, takes back what was forgotten, and tells of what is kept for too long. It does not keep
 * the pool itself from being forgotten: then it closes what the pool was made of, and ends.
 */
final class Housekeeper<M extends Pooled> {
    private static final long PERIOD_MILLIS = 500;

    /** So long a refused login is remembered: the longest pause before it may be tried again, and as long for somebody to come. */
    private static final long REFUSED_NANOS = 2 * ConnectBreaker.LONGEST;

    /** For the connections of a pool that nobody waits for any more. */
    private static final Duration LAST_CLOSE = Duration.ofSeconds(10);

    private final String name;
    private final Pool<M> pool;
    private final Turnstile<Entry<M>> turnstile;
    private final Logger log;
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    private final Threads threads;
    private final ScheduledThreadPoolExecutor thread;
    /** Of the pool as its user knows it; null if that is not watched. */
    private volatile Reference<?> owner;

    private volatile Runnable whenEmpty = () -> {};
    /** Whether there was no connection in the last round, and since when; of the housekeeping thread alone. */
    private boolean empty;

    private long emptySince;

    private final int minimumIdle;
    private final long idleTimeout;
    private final long keepalive;
    private final long leakThreshold;

    Housekeeper(String name, Pool<M> pool, Logger log) {
        this.name = name;
        this.threads = new Threads(() -> "tidegate-pool-" + name);
        this.pool = pool;
        this.turnstile = pool.turnstile();
        this.log = log;
        PoolSettings settings = pool.settings();
        this.minimumIdle = settings.get(PoolProperty.MINIMUM_IDLE);
        this.idleTimeout = settings.nanos(PoolProperty.IDLE_TIMEOUT);
        this.keepalive = settings.nanos(PoolProperty.KEEPALIVE_TIME);
        this.leakThreshold = settings.nanos(PoolProperty.LEAK_DETECTION_THRESHOLD);
        this.thread = new ScheduledThreadPoolExecutor(1, threads);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * @param told when there has been no connection for {@code idleTimeout}, and again after as long; after four seconds without an attempt
     *     if the login was refused, and never accepted; must not wait
     */
    void tellWhenEmpty(Runnable told) {
        whenEmpty = told;
    }

    /** As {@link #start()}; once the user's object for the pool becomes unreachable, everything ends by itself, and tells so. */
    void start(Object user) {
        owner = new PhantomReference<>(user, forgotten);
        start();
    }

    void start() {
        thread.scheduleWithFixedDelay(this::runGuarded, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits for the round that is under way and the end of the thread, for as long as the deadline allows. */
    void stop(Deadline deadline) {
        thread.shutdown();
        threads.join(thread, deadline);
    }

    private void runGuarded() {
        try {
            run(pool.now());
        } catch (RuntimeException e) {
            // A schedule ends with its first exception; the next round may fare better.
            log.log(Level.WARNING, "housekeeping of the pool " + name + " failed", e);
        }
    }

    /** One round. */
    void run(long now) {
        takeBackForgotten();
        for (int i = turnstile.slots().size() - 1; i >= 0; i--) {
            Slot<Entry<M>> slot = turnstile.slots().get(i);
            switch (slot.state()) {
                case IDLE -> inspect(slot, now);
                case LEASED -> inspectLease(slot, now);
                default -> {}
            }
        }
        keepReady();
        tellIfEmpty(now);
    }

    private void tellIfEmpty(long now) {
        boolean before = empty;
        empty = turnstile.isEmpty();
        if (!before) {
            emptySince = now;
        } else if (empty && isLong(now - emptySince, now)) {
            emptySince = now;
            whenEmpty.run();
        }
    }

    private boolean isLong(long nanos, long now) {
        return idleTimeout > 0 && nanos >= idleTimeout
                // An attempt that is refused at once is over before a round can see it.
                || nanos >= REFUSED_NANOS && pool.isRefused() && now - pool.lastUsed() >= REFUSED_NANOS;
    }

    private void takeBackForgotten() {
        for (Reference<?> found = forgotten.poll(); found != null; found = forgotten.poll()) {
            if (found == owner) {
                endOfForgottenPool();
                continue;
            }
            Lease<M> lease = lease(found);
            if (!lease.isOver()) {
                Journal.leaked(name, "LOST", lease.origin());
                log.log(
                        Level.WARNING,
                        "a connection of the pool " + name + " was lost without being closed; it is taken back"
                                + (lease.origin() == null
                                        ? " (leakDetectionThreshold records where it was taken)"
                                        : ""),
                        lease.origin());
                pool.invalidate(lease, CloseReason.FORGOTTEN);
            }
        }
    }

    private void endOfForgottenPool() {
        if (pool.isClosed()) {
            return;
        }
        log.log(Level.WARNING, "the pool " + name + " was lost without being closed; it is closed now");
        thread.shutdown();
        // Whoever has a connection of the pool has the pool, so that nobody is using one.
        pool.close(Deadline.after(LAST_CLOSE, "close"));
    }

    @SuppressWarnings("unchecked") // Only its leases put references into the queue.
    private Lease<M> lease(Reference<?> found) {
        return ((Lease.Watch<M>) found).lease();
    }

    private void inspectLease(Slot<Entry<M>> slot, long now) {
        Lease<M> lease = Pool.leaseOf(slot);
        if (lease == null) {
            return;
        }
        lease.watch(forgotten);
        Entry<M> entry = lease.entry();
        if (leakThreshold > 0 && entry.age(now) >= leakThreshold && lease.reportOnce()) {
            Journal.leaked(name, "KEPT", lease.origin());
            log.log(
                    Level.WARNING,
                    "a connection of the pool " + name + " is in use for "
                            + TimeUnit.NANOSECONDS.toMillis(entry.age(now)) + " ms, longer than leakDetectionThreshold",
                    lease.origin());
        }
    }

    private void inspect(Slot<Entry<M>> slot, long now) {
        if (!slot.move(Slot.State.IDLE, Slot.State.HELD)) {
            return;
        }
        Entry<M> entry = slot.member();
        if (entry.generation() != pool.generation()) {
            pool.discard(slot, CloseReason.EVICTED);
        } else if (entry.isExpired(now)) {
            pool.discard(slot, CloseReason.LIFETIME);
        } else if (idleTimeout > 0 && entry.age(now) >= idleTimeout && isSpare()) {
            pool.discard(slot, CloseReason.IDLE);
        } else if (!pool.isQuiet(slot)) {
            pool.discard(slot, CloseReason.DEAD);
        } else if (keepalive > 0 && entry.unchecked(now) >= keepalive) {
            ask(slot);
        } else {
            turnstile.give(slot, now);
        }
    }

    /** Counted without the one that is being looked at. */
    private boolean isSpare() {
        return turnstile.count(Slot.State.IDLE) >= minimumIdle;
    }

    private void ask(Slot<Entry<M>> slot) {
        try {
            pool.openings().execute(() -> {
                if (pool.isValid(slot, pool.settings().duration(PoolProperty.VALIDATION_TIMEOUT))) {
                    slot.member().worked(pool.now());
                    turnstile.give(slot, pool.now());
                } else {
                    pool.discard(slot, CloseReason.DEAD);
                }
            });
        } catch (RejectedExecutionException e) {
            pool.discard(slot, CloseReason.POOL_CLOSED);
        }
    }

    private void keepReady() {
        try {
            int missing = minimumIdle - turnstile.count(Slot.State.IDLE) - turnstile.count(Slot.State.OPENING);
            while (missing > 0
                    && !pool.isClosed()
                    && !turnstile.isSuspended()
                    && pool.openings().openSpare()) {
                missing--;
            }
        } catch (SQLException e) {
            // The pool was closed meanwhile.
            log.log(Level.DEBUG, () -> "the pool " + name + " opens no spare connection: " + e.getMessage());
        }
    }
}
