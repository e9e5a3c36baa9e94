package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The slots of a pool and the line before them. A free slot goes to whoever asks; if there is none, callers stand in line and are served
 * in the order of their coming. A newcomer may take a free slot past the line, which spares two changes of thread, but only until
 * somebody has stood there for {@link #PATIENCE}: from then on each slot goes to the head of the line by hand, at the latest when it comes
 * back {@link #TURN} after it last did, and of slots that come back within microseconds one in each turn. So nobody starves, nobody pays for
 * fairness that nobody misses, and users who need their slots for microseconds do not pay two changes of thread for each of them: as long as
 * there are such users, the head of the line looks for a free slot by itself every now and then, instead of being woken for each one that
 * somebody else has taken before it is awake.
 *
 * <p>Whoever takes a slot in quick succession gets the one that it had before, which no other thread has touched meanwhile. Everybody else
 * gets the lowest number that is free: what is not needed stays idle at the far end, and ages there.
 *
 * <p>Thread-safe, no locks; a waiting virtual thread does not hold its carrier.
 */
final class Turnstile<M> {
    /** How long the head of the line may be passed by, in nanoseconds. */
    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long a slot may pass from hand to hand while somebody has lost patience, in nanoseconds. */
    static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);

    /** Who has had its slot for less than this, in nanoseconds, has had it for less than it takes to wake somebody. */
    private static final long BRIEF = TimeUnit.MICROSECONDS.toNanos(20);

    /** How often brief uses wake the head of the line, and how long it sleeps between them, in nanoseconds. */
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(100);

    /** Hints are good for one to two of these, which are about a millisecond each. */
    private static final int TICK_BITS = 20;

    /** More than there are ever slots. */
    private static final int SLOT_BITS = 16;

    /** Threads whose numbers agree in this many bits share a hint. */
    private static final int HINT_BITS = 8;

    private final List<Slot<M>> slots;
    /** By thread: the tick and the slot's number of its last take. Anything may stand there: a hint is tried, not trusted. */
    private final AtomicLongArray hints = new AtomicLongArray(1 << HINT_BITS);

    private final Queue<Waiter<M>> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongSupplier clock;
    /**
     * The head of the line sleeps until it is woken. While this is false it looks by itself before long, or somebody is about to wake it; so
     * brief users need not.
     */
    private volatile boolean headSleeps;
    /** When a brief use woke the head last. */
    private volatile long wokenBriefly;

    private volatile boolean suspended;
    private final AtomicReference<Shut> shut = new AtomicReference<>();

    /** Nobody gets a slot. No record, because the model checker of the tests does not look into those. */
    private static final class Shut {
        private final Supplier<SQLException> why;
        /** False: for good. */
        private final boolean retired;

        Shut(Supplier<SQLException> why, boolean retired) {
            this.why = why;
            this.retired = retired;
        }
    }

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

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    Turnstile(int size, LongSupplier clock) {
        this.clock = clock;
        long now = clock.getAsLong();
        wokenBriefly = now - NAP;
        List<Slot<M>> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            made.add(new Slot<>(i, now));
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

    /** Callers in line to whom nothing has come yet. */
    int unserved() {
        int count = 0;
        for (Waiter<M> waiter : line) {
            if (!waiter.isOver()) {
                count++;
            }
        }
        return count;
    }

    /** There is no connection, and nobody wants one. */
    boolean isEmpty() {
        return count(Slot.State.EMPTY) == slots.size() && waiting.get() == 0;
    }

    /** Slots with a connection that is not idle. */
    int owned() {
        int count = 0;
        for (Slot<M> slot : slots) {
            Slot.State state = slot.state();
            if (state == Slot.State.LEASED || state == Slot.State.HELD) {
                count++;
            }
        }
        return count;
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

    /** How many callers have got a slot without waiting. */
    long timesTakenAtOnce() {
        long count = 0;
        for (Slot<M> slot : slots) {
            count += slot.timesTakenAtOnce();
        }
        return count;
    }

    /** An empty slot, now OPENING; null if there is none. */
    Slot<M> reserve() {
        return find(Slot.State.EMPTY, Slot.State.OPENING);
    }

    /**
     * A slot with a connection, now LEASED; null if one must be waited for. Does not wait.
     *
     * @param now by the clock
     * @throws SQLException of {@link #close}
     */
    Slot<M> takeFree(long now) throws SQLException {
        checkOpen();
        if (suspended) {
            return null;
        }
        int place = (int) Thread.currentThread().getId() & (1 << HINT_BITS) - 1;
        long tick = now >> TICK_BITS;
        long hint = hints.getOpaque(place);
        long ago = tick - (hint >> SLOT_BITS);
        Slot<M> slot = ago == 0 || ago == 1 ? hinted((int) hint & (1 << SLOT_BITS) - 1) : null;
        if (slot == null) {
            slot = find(Slot.State.IDLE, Slot.State.LEASED);
        }
        if (slot == null) {
            return null;
        }
        slot.takenAt(now);
        long next = tick << SLOT_BITS | slot.number();
        if (next != hint) {
            hints.setOpaque(place, next);
        }
        return slot;
    }

    private Slot<M> hinted(int number) {
        Slot<M> slot = number < slots.size() ? slots.get(number) : null;
        return slot != null && slot.state() == Slot.State.IDLE && slot.move(Slot.State.IDLE, Slot.State.LEASED)
                ? slot
                : null;
    }

    /**
     * A slot with a connection, now LEASED.
     *
     * @return null if the deadline passed first
     * @throws SQLException of {@link #failAll}, {@link #close} or {@code beforeSleep}
     * @throws InterruptedException if the thread was interrupted before a slot came
     */
    Slot<M> take(Deadline deadline, BeforeSleep beforeSleep) throws SQLException, InterruptedException {
        Slot<M> slot = takeFree(clock.getAsLong());
        if (slot == null) {
            slot = standInLine(deadline, beforeSleep);
            if (slot != null) {
                slot.takenAt(clock.getAsLong());
            }
        }
        return slot;
    }

    /**
     * The slot, which is LEASED or HELD, goes to the head of the line, or becomes idle.
     *
     * @param now by the clock, which is not asked here again: that would cost a third of a brief use
     */
    void give(Slot<M> slot, long now) {
        boolean brief = false;
        if (waiting.get() > 0 && !suspended) {
            brief = slot.state() == Slot.State.LEASED && now - slot.takenAt() < BRIEF;
            // One slot in a turn is enough of those that come back all the time.
            if (now - slot.handedOver() >= (brief ? TURN * slots.size() : TURN) && handOver(slot, now)) {
                return;
            }
        }
        slot.putBack();
        // After the state: a caller who has found nothing free is in the line by now, or will find this one; and the
        // head
        // has said before it looked that it would sleep.
        if (!brief) {
            wakeHead();
        } else if (headSleeps) {
            wokenBriefly = clock.getAsLong();
            headSleeps = false;
            wakeHead();
        }
    }

    /** How long the head of the line may sleep at most. To be asked before it looks for a slot. */
    private long nap() {
        long left = NAP - (clock.getAsLong() - wokenBriefly);
        if (left > 0) {
            return left;
        }
        headSleeps = true;
        return Long.MAX_VALUE;
    }

    private boolean handOver(Slot<M> slot, long now) {
        long before = slot.handedOver();
        for (Waiter<M> head = line.peek(); head != null && now - head.since() >= PATIENCE; head = line.peek()) {
            slot.handedOver(now);
            slot.handOn();
            if (head.handOver(slot)) {
                return true;
            }
            // It leaves the line by itself; until then the next one is behind it.
            slot.handedOver(before);
            line.remove(head);
        }
        return false;
    }

    /** Lets the head of the line look again: a slot has become free or empty. */
    void wakeHead() {
        Waiter<M> head = waiting.get() > 0 ? line.peek() : null;
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
        // Whoever meets one that was retired gets on elsewhere.
        shut.compareAndSet(null, new Shut(why, false));
        Shut now = shut.get();
        failAll(now == null ? why : now.why);
    }

    /**
     * If it is unused, nobody gets a slot any more. Whoever has just taken one asks {@link #isRetired} afterwards, so that one of the two
     * notices the other.
     *
     * @param unused asked once nobody gets a slot
     * @return true for the one caller that has brought it about
     */
    boolean retire(Supplier<SQLException> why, BooleanSupplier unused) {
        if (!shut.compareAndSet(null, new Shut(why, true))) {
            return false;
        }
        if (unused.getAsBoolean()) {
            return true;
        }
        takeUpAgain();
        return false;
    }

    /** Slots are given again, unless it is closed. */
    void takeUpAgain() {
        Shut now = shut.get();
        if (now != null && now.retired) {
            shut.compareAndSet(now, null);
            wakeHead();
        }
    }

    boolean isRetired() {
        Shut now = shut.get();
        return now != null && now.retired;
    }

    private Slot<M> find(Slot.State from, Slot.State to) {
        for (int i = 0; i < slots.size(); i++) {
            Slot<M> slot = slots.get(i);
            if (slot.state() == from && slot.move(from, to)) {
                return slot;
            }
        }
        return null;
    }

    private Slot<M> standInLine(Deadline deadline, BeforeSleep beforeSleep) throws SQLException, InterruptedException {
        Waiter<M> self = new Waiter<>(clock.getAsLong());
        line.add(self);
        waiting.incrementAndGet();
        Slot<M> got = null;
        try {
            for (; ; ) {
                self.looks();
                // Who comes to the head later is woken by the one who was there before.
                long nap = line.peek() == self ? nap() : Long.MAX_VALUE;
                got = look(self);
                if (got != null || deadline.isExpired() && self.leave()) {
                    return got;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long sleep = Math.min(nap, Math.min(deadline.remainingNanos(), beforeSleep.prepare()));
                self.sleep(this, sleep);
            }
        } finally {
            line.remove(self);
            waiting.decrementAndGet();
            if (got == null && !self.leave() && self.slot() != null) {
                // Handed over while this one was on its way out; nobody else knows that it is free.
                give(self.slot(), clock.getAsLong());
                wakeHead();
            } else if (!headSleeps || owned() < slots.size()) {
                // Whoever is at the head now may have slept through what this one was woken for, or would have looked
                // for by itself.
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
        give(found, clock.getAsLong());
        return look(self);
    }

    private void checkOpen() throws SQLException {
        Shut now = shut.get();
        if (now != null) {
            throw now.why.get();
        }
    }
}
