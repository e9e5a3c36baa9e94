package dev.tidegate.client.pool;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody in line for a slot. Exactly one thing ends the wait: a slot handed over, a slot found, an error, or the waiter's own giving up;
 * so what is handed to a waiter who has left is never lost. Thread-safe.
 */
final class Waiter<M> {
    private static final Object GONE = new Object();

    private final Thread thread = Thread.currentThread();
    private final long since;
    private final AtomicReference<Object> outcome = new AtomicReference<>();
    /** Beside the thread's permit, which a lock that is taken on the way to the sleep may use up. */
    private volatile boolean woken;

    /** @param now by the pool's clock */
    Waiter(long now) {
        since = now;
    }

    /** When it came, by the pool's clock. */
    long since() {
        return since;
    }

    /** Gives the slot, which is LEASED, to the waiter. False if the wait was over; the giver then keeps the slot. */
    boolean handOver(Slot<M> slot) {
        return end(slot);
    }

    boolean fail(SQLException why) {
        return end(why);
    }

    /** The waiter leaves by itself. False if something has come before that; it is in {@link #slot} or {@link #failure}. */
    boolean leave() {
        return outcome.compareAndSet(null, GONE);
    }

    boolean isOver() {
        return outcome.get() != null;
    }

    @SuppressWarnings("unchecked") // Only handOver puts slots in.
    Slot<M> slot() {
        return outcome.get() instanceof Slot<?> slot ? (Slot<M>) slot : null;
    }

    SQLException failure() {
        return outcome.get() instanceof SQLException failure ? failure : null;
    }

    /** Its thread looks again, and does not sleep before it has. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Only for its thread, before it looks for what it may be woken for. */
    void looks() {
        woken = false;
    }

    /** Sleeps unless it was woken since {@link #looks}. Only for its thread; may end early for no reason. */
    void sleep(Object blocker, long nanos) {
        if (!woken && nanos > 0) {
            LockSupport.parkNanos(blocker, nanos);
        }
    }

    private boolean end(Object with) {
        boolean ended = outcome.compareAndSet(null, with);
        if (ended) {
            wake();
        }
        return ended;
    }
}
