package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The slots of a pool and the line before them. A free slot goes to whoever asks; if there is none, callers stand in line and are served
 * in the order of their coming. A newcomer may take a free slot past the line, which spares two changes of thread, but only until
 * somebody has stood there for {@link #PATIENCE}: from then on every slot goes to the head of the line by hand. So nobody starves, and
 * nobody pays for fairness that nobody misses.
 *
 * <p>Thread-safe, no locks; a waiting virtual thread does not hold its carrier.
 */
final class Turnstile<M> {
    /** How long the head of the line may be passed by, in nanoseconds. */
    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Slot<M>> slots;
    private final Queue<Waiter<M>> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger starving = new AtomicInteger();
    private volatile boolean suspended;
    private volatile Supplier<SQLException> closed;

    /** What a waiter does before it sleeps. */
    @FunctionalInterface
    interface BeforeSleep {
        /**
         * Sees to it that a slot will come.
         *
         * @return nanoseconds after which it wants to be asked again
         * @throws SQLException if none will come
         */
        long prepare() throws SQLException;
    }

    Turnstile(int size) {
        List<Slot<M>> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            made.add(new Slot<>(i));
        }
        slots = List.copyOf(made);
    }

    List<Slot<M>> slots() {
        return slots;
    }

    /** Callers in line. */
    int waiting() {
        return waiting.get();
    }

    int count(Slot.State state) {
        int count = 0;
        for (Slot<M> slot : slots) {
            if (slot.state() == state) {
                count++;
            }
        }
        return count;
    }

    /** An empty slot, now OPENING; null if there is none. */
    Slot<M> reserve() {
        return find(Slot.State.EMPTY, Slot.State.OPENING);
    }

    /**
     * A slot with a connection, now LEASED.
     *
     * @return null if the deadline passed first
     * @throws SQLException of {@link #failAll}, {@link #close} or {@code beforeSleep}
     * @throws InterruptedException if the thread was interrupted before a slot came
     */
    Slot<M> take(Deadline deadline, BeforeSleep beforeSleep) throws SQLException, InterruptedException {
        checkOpen();
        // The lowest number first: what is not needed stays idle at the far end, and ages there.
        Slot<M> free = mayPass() ? find(Slot.State.IDLE, Slot.State.LEASED) : null;
        return free != null ? free : standInLine(deadline, beforeSleep);
    }

    /** The slot, which is LEASED, goes to the head of the line, or becomes idle. */
    void give(Slot<M> slot) {
        while (starving.get() > 0 && !suspended) {
            Waiter<M> head = line.peek();
            if (head == null) {
                break;
            }
            if (head.handOver(slot)) {
                return;
            }
            // It leaves the line by itself; until then the next one is behind it.
            line.remove(head);
        }
        if (!slot.move(Slot.State.LEASED, Slot.State.IDLE)) {
            throw new IllegalStateException("slot " + slot.number() + " is " + slot.state() + ", not LEASED");
        }
        // After the state: a caller who has found nothing free is in the line by now, or will find this one.
        wakeHead();
    }

    /** Lets the head of the line look again: a slot has become free or empty. */
    void wakeHead() {
        Waiter<M> head = line.peek();
        if (head != null) {
            head.wake();
        }
    }

    /** Ends the wait of all who stand in line now; each gets an exception of its own. */
    void failAll(Supplier<SQLException> why) {
        for (Waiter<M> waiter : line) {
            waiter.fail(why.get());
        }
    }

    /** While suspended nobody gets a slot; callers stand in line. */
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
        wakeHead();
    }

    boolean isSuspended() {
        return suspended;
    }

    /** Nobody gets a slot any more; who stands in line gets the exception, as does who comes later. */
    void close(Supplier<SQLException> why) {
        closed = why;
        failAll(why);
    }

    private boolean mayPass() {
        return starving.get() == 0 && !suspended;
    }

    private Slot<M> find(Slot.State from, Slot.State to) {
        for (Slot<M> slot : slots) {
            if (slot.state() == from && slot.move(from, to)) {
                return slot;
            }
        }
        return null;
    }

    private Slot<M> standInLine(Deadline deadline, BeforeSleep beforeSleep) throws SQLException, InterruptedException {
        Waiter<M> self = new Waiter<>();
        line.add(self);
        waiting.incrementAndGet();
        long impatientAt = System.nanoTime() + PATIENCE;
        boolean impatient = false;
        Slot<M> got = null;
        try {
            for (; ; ) {
                got = look(self);
                if (got != null || deadline.isExpired() && self.leave()) {
                    return got;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long sleep = Math.min(deadline.remainingNanos(), beforeSleep.prepare());
                if (!impatient) {
                    long left = impatientAt - System.nanoTime();
                    impatient = left <= 0;
                    sleep = impatient ? sleep : Math.min(sleep, left);
                    starving.addAndGet(impatient ? 1 : 0);
                }
                // The flag was raised after the last look: a slot that came free in between must not be slept over.
                if (sleep > 0 && !self.isOver() && !isFreeFor(self)) {
                    LockSupport.parkNanos(this, sleep);
                }
            }
        } finally {
            line.remove(self);
            waiting.decrementAndGet();
            starving.addAndGet(impatient ? -1 : 0);
            if (got == null && !self.leave() && self.slot() != null) {
                // Handed over while this one was on its way out.
                give(self.slot());
            } else {
                // Whoever is at the head now may have slept through what this one was woken for.
                wakeHead();
            }
        }
    }

    /** What was handed to the waiter, or what it finds if it is its turn. */
    private Slot<M> look(Waiter<M> self) throws SQLException {
        if (self.failure() != null) {
            throw self.failure();
        }
        if (self.slot() != null) {
            return self.slot();
        }
        checkOpen();
        if (suspended || line.peek() != self) {
            return null;
        }
        Slot<M> found = find(Slot.State.IDLE, Slot.State.LEASED);
        if (found == null || self.leave()) {
            return found;
        }
        // Something has come meanwhile; one of the two is enough.
        give(found);
        return look(self);
    }

    private boolean isFreeFor(Waiter<M> self) {
        return !suspended && line.peek() == self && count(Slot.State.IDLE) > 0;
    }

    private void checkOpen() throws SQLException {
        Supplier<SQLException> why = closed;
        if (why != null) {
            throw why.get();
        }
    }
}
