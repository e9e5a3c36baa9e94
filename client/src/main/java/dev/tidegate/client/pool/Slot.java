package dev.tidegate.client.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One of the places of a pool: it is empty, or one connection is in it or on its way into it. As the places are made once, the maximum of
 * connections cannot be exceeded, and a place cannot be lost without its state saying so. Thread-safe, lock-free.
 *
 * @param <M> what is kept in it
 */
final class Slot<M> extends Apart {
    enum State {
        EMPTY,
        /** Reserved for a connection that is being opened. */
        OPENING,
        IDLE,
        /** With a user, or on its way to one. */
        LEASED,
        /** Being looked at by the pool itself, or just opened: nobody's. */
        HELD
    }

    private static final VarHandle STATE;
    private static final VarHandle TAKEN_AT_ONCE;
    private static final VarHandle SINCE;
    private static final VarHandle LEASE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Slot.class, "state", State.class);
            TAKEN_AT_ONCE = lookup.findVarHandle(Slot.class, "takenAtOnce", long.class);
            SINCE = lookup.findVarHandle(Slot.class, "since", long.class);
            LEASE = lookup.findVarHandle(Slot.class, "lease", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int number;
    private volatile State state = State.EMPTY;
    /** Written before the state that publishes it, by the one thread that has made the state its own. */
    private M member;
    /** When it was last given to the head of the line by hand; as {@link #member}. */
    private long handedOver;
    /** Counted here, where nobody else counts. */
    private long takenAtOnce;
    /** As {@link #handedOver}. */
    private long takenAt;
    // What the pool notes of each use stands here, and not with the connection: it is on the line that a use writes to
    // anyway.
    private volatile long since;
    private volatile Object lease;

    /**
     * @param number counted from 0; for messages
     * @param now by the pool's clock
     */
    Slot(int number, long now) {
        this.number = number;
        this.handedOver = now;
    }

    int number() {
        return number;
    }

    State state() {
        return state;
    }

    /** True for the one caller that has made the slot its own by this move. */
    boolean move(State from, State to) {
        return STATE.compareAndSet(this, from, to);
    }

    /** Null unless a connection is in it. Only for whoever owns the slot: after a successful {@link #move} to OPENING or LEASED. */
    M member() {
        return member;
    }

    /** Only for whoever owns the slot. */
    long handedOver() {
        return handedOver;
    }

    /** Only for whoever owns the slot. */
    void handedOver(long now) {
        handedOver = now;
    }

    /** When its present owner got it; only for the owner. */
    long takenAt() {
        return takenAt;
    }

    /** Only for whoever owns the slot. */
    void takenAt(long now) {
        takenAt = now;
    }

    /** When its connection was opened, handed out, or came back last. Any thread, but only the owner's is up to date. */
    long since() {
        return since;
    }

    /** Of the present use; null while nobody has it. Any thread: of a slot that is {@link State#LEASED} it may not be here yet. */
    Object lease() {
        return lease;
    }

    /** Only for whoever owns the slot. */
    void lend(Object by, long now) {
        SINCE.setOpaque(this, now);
        LEASE.setRelease(this, by);
    }

    /** Only for whoever owns the slot. */
    void returned(long now) {
        // In order, but without waiting for other threads to see it: the slot's state is what they go by.
        SINCE.setOpaque(this, now);
        LEASE.setRelease(this, null);
    }

    /** A caller has got it without waiting. Only for whoever owns the slot. */
    void takenAtOnce() {
        TAKEN_AT_ONCE.setOpaque(this, takenAtOnce + 1);
    }

    /** How many callers have got it without waiting. Any thread. */
    long timesTakenAtOnce() {
        return (long) TAKEN_AT_ONCE.getOpaque(this);
    }

    /** Puts a freshly opened connection in. OPENING → HELD: whoever has opened it hands it on. */
    void fill(M opened, long now) {
        member = opened;
        SINCE.setOpaque(this, now);
        settle(State.OPENING, State.HELD);
    }

    /** HELD → LEASED, unless it is that already: its owner hands it to a user. */
    void handOn() {
        if (state == State.HELD) {
            settle(State.HELD, State.LEASED);
        }
    }

    /** LEASED or HELD → IDLE: its owner does not need it any more. */
    void putBack() {
        settle(owned(), State.IDLE);
    }

    /** LEASED or HELD → EMPTY: its owner has closed the connection. */
    void emptied() {
        empty(owned());
    }

    private State owned() {
        return state == State.HELD ? State.HELD : State.LEASED;
    }

    /** OPENING → EMPTY, and what {@link #emptied} does. */
    void empty(State from) {
        member = null;
        settle(from, State.EMPTY);
    }

    private void settle(State from, State to) {
        if (!move(from, to)) {
            throw new IllegalStateException("slot " + number + " is " + state + ", not " + from);
        }
    }
}
