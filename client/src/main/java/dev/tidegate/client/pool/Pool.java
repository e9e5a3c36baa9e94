package dev.tidegate.client.pool;

import dev.tidegate.client.event.Crowd;
import dev.tidegate.client.event.Journal;
import dev.tidegate.client.event.Span;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lends connections, without knowing what they are. A slot is reserved before its connection is opened, and freed after it is closed, so
 * there are never more than the maximum. A connection is lent only if it is of the present generation, young enough, and alive as far as
 * can be told for the price; see {@link PoolProperty#VALIDATION_INTERVAL}. One that was found dead ends its generation: all that are idle
 * are closed at once, and those in use when they come back.
 *
 * <p>Thread-safe, without locks.
 */
final class Pool<M extends Pooled> {
    /** What was in use so recently is taken as it is: it could die as well in the moment after it was looked at. */
    private static final long JUST_USED = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(5);

    private final PoolSettings settings;
    private final PoolErrors errors;
    private final LongSupplier clock;
    private final Turnstile<Entry<M>> turnstile;
    private final Openings<M> openings;
    private final PoolCounters counters = new PoolCounters();
    private final AtomicInteger generation = new AtomicInteger();
    private final long validationInterval;
    private final boolean recordOrigin;
    private final LeaseMaker<M> leases;
    /** When a connection was closed, or could not be opened, last; before that, when the pool was made. */
    private volatile long lastEnd;

    private volatile boolean closed;

    /** Makes what a user gets. */
    @FunctionalInterface
    interface LeaseMaker<M> {
        /** @param origin where it was taken; null if that is not recorded */
        Lease<M> make(Entry<M> entry, Throwable origin);
    }

    /** As the other, with plain leases. */
    Pool(String name, PoolSettings settings, Opener<M> opener, LongSupplier clock) {
        this(name, settings, opener, clock, Lease::new);
    }

    /**
     * @param name for messages and threads
     * @param clock in nanoseconds, as {@link System#nanoTime}
     */
    Pool(String name, PoolSettings settings, Opener<M> opener, LongSupplier clock, LeaseMaker<M> leases) {
        this.settings = settings;
        this.leases = leases;
        this.clock = clock;
        this.lastEnd = clock.getAsLong();
        this.errors = new PoolErrors(name);
        this.turnstile = new Turnstile<>(settings.get(PoolProperty.MAXIMUM_POOL_SIZE), clock);
        this.validationInterval = settings.nanos(PoolProperty.VALIDATION_INTERVAL);
        this.recordOrigin = settings.get(PoolProperty.LEAK_DETECTION_THRESHOLD) > 0;
        this.openings = new Openings<>(name, settings, opener, turnstile, counters, this);
    }

    PoolSettings settings() {
        return settings;
    }

    PoolErrors errors() {
        return errors;
    }

    Turnstile<Entry<M>> turnstile() {
        return turnstile;
    }

    Openings<M> openings() {
        return openings;
    }

    long now() {
        return clock.getAsLong();
    }

    int generation() {
        return generation.get();
    }

    boolean isClosed() {
        return closed;
    }

    /** An attempt to open a connection has failed. */
    void notOpened(long now) {
        lastEnd = now;
    }

    /** When a connection was last taken or given back, as far as it is there yet; a connection's end and a failed attempt count too. */
    long lastUsed() {
        long latest = lastEnd;
        for (Slot<Entry<M>> slot : turnstile.slots()) {
            Slot.State state = slot.state();
            boolean filled = state != Slot.State.EMPTY && state != Slot.State.OPENING;
            if (filled && slot.since() - latest > 0) {
                latest = slot.since();
            }
        }
        return latest;
    }

    /** As {@link Turnstile#retire}; unused is what {@link #isUnused} says. */
    boolean retire() {
        boolean retired = turnstile.retire(errors::retired, this::isUnused);
        if (!retired) {
            stayClosed();
        }
        return retired;
    }

    /** After {@link #retire}, as if it had not been. */
    void takeUpAgain() {
        turnstile.takeUpAgain();
        stayClosed();
    }

    /** Who closes it does not close what is retired: it has either come later, or this sees that it was there. */
    private void stayClosed() {
        if (closed) {
            turnstile.close(errors::closed);
        }
    }

    /** Whether the server has refused the login the last time, and never accepted it. */
    boolean isRefused() {
        return counters.hasNeverConnected() && openings.isLoginRefused();
    }

    PoolStatistics statistics() {
        return counters.snapshot(turnstile);
    }

    /** Nobody has a connection or waits for one. What the pool itself does with its connections meanwhile is no use of them. */
    boolean isUnused() {
        return turnstile.waiting() == 0 && turnstile.slots().stream().noneMatch(Pool::isLent);
    }

    /** Whoever has a slot without a lease has just taken it, or is about to put it back. */
    private static <M> boolean isLent(Slot<Entry<M>> slot) {
        if (slot.state() != Slot.State.LEASED) {
            return false;
        }
        Lease<M> lease = leaseOf(slot);
        return lease == null || !lease.isOver();
    }

    /** Null while nobody has it. */
    @SuppressWarnings("unchecked") // The pool's leases are of its connections.
    static <M> Lease<M> leaseOf(Slot<Entry<M>> slot) {
        return slot.state() == Slot.State.LEASED ? (Lease<M>) slot.lease() : null;
    }

    /**
     * A connection for one user. Waits, opens and checks within the limit.
     *
     * @param limit zero: none
     * @throws SQLException if there was none in time, the pool is closed, or the server takes no connections
     */
    Lease<M> acquire(Duration limit) throws SQLException {
        long begun = now();
        Slot<Entry<M>> free = turnstile.takeFree(begun);
        if (free != null && isJustUsed(free, begun) && outdated(free.member(), begun) == null) {
            free.takenAtOnce();
            return lease(free, begun);
        }
        return acquireRecorded(limit, begun, free);
    }

    private Lease<M> acquireRecorded(Duration limit, long begun, Slot<Entry<M>> free) throws SQLException {
        Span waiting = Journal.acquiring(errors.name());
        String outcome = null;
        try {
            Lease<M> lease = acquire(limit, begun, free);
            outcome = "ACQUIRED";
            return lease;
        } catch (SQLException e) {
            outcome = e.getSQLState();
            throw e;
        } finally {
            waiting.end(outcome);
        }
    }

    /** @param free to begin with; null: none was */
    private Lease<M> acquire(Duration limit, long begun, Slot<Entry<M>> free) throws SQLException {
        Deadline deadline = Deadline.after(limit, PoolProperty.CONNECTION_TIMEOUT.propertyName());
        Slot<Entry<M>> slot = free;
        for (; ; ) {
            slot = slot == null ? take(deadline, limit) : slot;
            long now = now();
            CloseReason unfit = unfit(slot, deadline, now);
            if (unfit == null) {
                counters.acquired(now - begun);
                return lease(slot, now);
            }
            discard(slot, unfit);
            slot = null;
        }
    }

    private static boolean isJustUsed(Slot<? extends Entry<?>> slot, long now) {
        return slot.member().unwatched(now) < JUST_USED;
    }

    /** Any failure to tell counts as dead: the connection is then closed, which is always right. */
    boolean isQuiet(Slot<Entry<M>> slot) {
        try {
            return slot.member().member().isQuiet();
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /** As {@link #isQuiet}, asking the server. */
    boolean isValid(Slot<Entry<M>> slot, Duration limit) {
        try {
            return slot.member().member().isValid(limit);
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /** Gives the connection back; nothing if that was done before. */
    void release(Lease<M> lease) {
        if (!lease.end()) {
            return;
        }
        boolean used = lease.wasUsed();
        CloseReason reason = CloseReason.SPOILT;
        Throwable failure = null;
        try {
            if (!used || lease.member().recycle() == null) {
                reason = null;
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        // The clock costs a sixth of a use that is nothing else; for one that was over before the next round of the
        // housekeeping, the time at which it began will do.
        long now = used || lease.isWatched() || turnstile.waiting() > 0
                ? now()
                : lease.slot().takenAt();
        if (used) {
            // A user may hold a connection for long after the last thing that it was asked.
            lease.entry().worked(now - lease.member().silence());
        }
        try {
            settle(lease.slot(), reason, now);
        } catch (RuntimeException | Error e) {
            failure = joined(failure, e);
        }
        rethrow(failure);
    }

    /** The user says that the connection is of no use; nothing if it was given back before. */
    void invalidate(Lease<M> lease, CloseReason reason) {
        if (lease.end()) {
            settle(lease.slot(), reason);
        }
    }

    /** Idle connections are closed now, those in use when they come back. */
    void evict() {
        Journal.generation(errors.name(), CloseReason.EVICTED.name(), generation.incrementAndGet());
        discardIdle(CloseReason.EVICTED, true);
    }

    /** For a slot that its owner does not need any more. */
    void settle(Slot<Entry<M>> slot, CloseReason reason) {
        settle(slot, reason, now());
    }

    private void settle(Slot<Entry<M>> slot, CloseReason reason, long now) {
        Entry<M> entry = slot.member();
        slot.returned(now);
        CloseReason why = reason != null ? reason : outdated(entry, now);
        if (wasCut(entry)) {
            why = CloseReason.DEAD;
        }
        if (why != null) {
            discard(slot, why);
            return;
        }
        turnstile.give(slot, now);
        if (closed) {
            // The pool may have looked for idle ones just before.
            discardIdle(CloseReason.POOL_CLOSED, false);
        }
    }

    private static boolean wasCut(Entry<? extends Pooled> entry) {
        try {
            return entry.member().wasCut();
        } catch (RuntimeException | Error e) {
            return true;
        }
    }

    /** Closes the connection of a slot that the caller owns. */
    void discard(Slot<Entry<M>> slot, CloseReason reason) {
        Entry<M> entry = slot.member();
        Throwable failure = null;
        try {
            entry.member().close(reason);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        // Only the first of those that notice an outage moves the generation on; before the slot is free, so that what
        // is
        // opened in it is of the new one.
        boolean outage =
                reason == CloseReason.DEAD && generation.compareAndSet(entry.generation(), entry.generation() + 1);
        counters.closed(reason);
        lastEnd = now();
        slot.emptied();
        turnstile.wakeHead();
        if (outage) {
            Journal.generation(errors.name(), CloseReason.DEAD.name(), entry.generation() + 1);
            failure = discardIdle(CloseReason.OUTAGE, true, failure);
        }
        rethrow(failure);
    }

    /** @param onlyOutdated leaves those of the present generation */
    void discardIdle(CloseReason reason, boolean onlyOutdated) {
        rethrow(discardIdle(reason, onlyOutdated, null));
    }

    /**
     * One connection whose close fails must not keep the others open.
     *
     * @return the first failure, {@code before} if there was one
     */
    private Throwable discardIdle(CloseReason reason, boolean onlyOutdated, Throwable before) {
        Throwable failure = before;
        for (Slot<Entry<M>> slot : turnstile.slots()) {
            if (slot.state() == Slot.State.IDLE && slot.move(Slot.State.IDLE, Slot.State.HELD)) {
                try {
                    if (onlyOutdated && slot.member().generation() == generation()) {
                        turnstile.give(slot, now());
                    } else {
                        discard(slot, reason);
                    }
                } catch (RuntimeException | Error e) {
                    failure = joined(failure, e);
                }
            }
        }
        return failure;
    }

    private static Throwable joined(Throwable before, Throwable failure) {
        if (before == null) {
            return failure;
        }
        if (before != failure) {
            before.addSuppressed(failure);
        }
        return before;
    }

    /** @param failure unchecked, or null */
    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        } else if (failure instanceof Error error) {
            throw error;
        }
    }

    /**
     * Nobody gets a connection any more; idle ones are closed, those in use are taken from their users. Waits until all are closed and the
     * pool's threads have ended.
     */
    void close(Deadline deadline) {
        closed = true;
        turnstile.close(errors::closed);
        openings.close();
        try {
            do {
                for (Slot<Entry<M>> slot : turnstile.slots()) {
                    revoke(slot);
                }
                discardIdle(CloseReason.POOL_CLOSED, false);
            } while (turnstile.count(Slot.State.EMPTY) < turnstile.slots().size() && pause(deadline));
        } finally {
            openings.shutdown(deadline);
        }
    }

    /** False once the deadline has passed. */
    private static boolean pause(Deadline deadline) {
        // Not interruptible: closing must not be left half done.
        LockSupport.parkNanos(Math.min(POLL, deadline.remainingNanos()));
        return !deadline.isExpired();
    }

    private void revoke(Slot<Entry<M>> slot) {
        Lease<M> lease = leaseOf(slot);
        if (lease != null && lease.end()) {
            // Each in a thread of its own: a connection whose request must be ended takes its time.
            openings.execute(() -> discard(slot, CloseReason.POOL_CLOSED));
        }
    }

    private Slot<Entry<M>> take(Deadline deadline, Duration limit) throws SQLException {
        Slot<Entry<M>> slot;
        try {
            slot = turnstile.take(deadline, openings::prepare);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted();
        }
        if (slot == null) {
            counters.timedOut();
            PoolStatistics now = statistics();
            Journal.acquireTimedOut(
                    errors.name(),
                    limit,
                    new Crowd(now.active(), now.idle(), now.opening(), now.maximum(), now.waiting()));
            SQLException outage = openings.outage();
            if (outage != null) {
                // What the caller has waited for is the end of a pause: the time-out would hide the reason.
                throw outage;
            }
            throw errors.timedOut(limit, describe(now), openings.lastFailure());
        }
        return slot;
    }

    private Lease<M> lease(Slot<Entry<M>> slot, long now) throws SQLException {
        Lease<M> lease = null;
        try {
            lease = leases.make(slot.member(), recordOrigin ? new Throwable("taken here") : null);
        } finally {
            if (lease == null) {
                discard(slot, CloseReason.SPOILT);
            }
        }
        slot.lend(lease, now);
        if (closed && lease.end()) {
            // Else whoever closes the pool meets this lease in its next round.
            discard(slot, CloseReason.POOL_CLOSED);
        }
        if (turnstile.isRetired() && lease.end()) {
            settle(slot, null);
            throw errors.retired();
        }
        if (lease.isOver()) {
            throw gone();
        }
        return lease;
    }

    /** Of a closed pool. One that was retired before says that: who asked for it gets on elsewhere. */
    SQLException gone() {
        return turnstile.isRetired() ? errors.retired() : errors.closed();
    }

    private CloseReason outdated(Entry<M> entry, long now) {
        if (entry.generation() != generation()) {
            return CloseReason.EVICTED;
        }
        return entry.isExpired(now) ? CloseReason.LIFETIME : null;
    }

    private CloseReason unfit(Slot<Entry<M>> slot, Deadline deadline, long now) {
        Entry<M> entry = slot.member();
        CloseReason outdated = outdated(entry, now);
        if (outdated != null || isJustUsed(slot, now)) {
            return outdated;
        }
        if (!isQuiet(slot)) {
            return CloseReason.DEAD;
        }
        entry.wasQuiet(now);
        if (entry.unchecked(now) < validationInterval) {
            return null;
        }
        if (!isValid(slot, limitOfCheck(deadline))) {
            return CloseReason.DEAD;
        }
        entry.worked(now());
        return null;
    }

    private Duration limitOfCheck(Deadline deadline) {
        long limit = settings.nanos(PoolProperty.VALIDATION_TIMEOUT);
        return Duration.ofNanos(Math.max(1, Math.min(limit, deadline.remainingNanos())));
    }

    private String describe(PoolStatistics now) {
        String state = now.active() + " of " + now.maximum() + " are in use, " + now.opening() + " on their way, "
                + now.waiting() + " other callers wait";
        return turnstile.isSuspended() ? "it is suspended; " + state : state;
    }
}
