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
        /** With a user, or being checked by the pool. */
        LEASED
    }

    private static final VarHandle STATE;
    private static final VarHandle TAKEN_AT_ONCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Slot.class, "state", State.class);
            TAKEN_AT_ONCE = lookup.findVarHandle(Slot.class, "takenAtOnce", long.class);
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

    /** @param number counted from 0; for messages */
    Slot(int number) {
        this.number = number;
        this.handedOver = System.nanoTime();
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

    /** A caller has got it without waiting. Only for whoever owns the slot. */
    void takenAtOnce() {
        TAKEN_AT_ONCE.setOpaque(this, takenAtOnce + 1);
    }

    /** How many callers have got it without waiting. Any thread. */
    long timesTakenAtOnce() {
        return (long) TAKEN_AT_ONCE.getOpaque(this);
    }

    /** Puts a freshly opened connection in. OPENING → LEASED: whoever has opened it hands it on. */
    void fill(M opened) {
        member = opened;
        settle(State.OPENING, State.LEASED);
    }

    /** The connection is gone, or has never come. */
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
