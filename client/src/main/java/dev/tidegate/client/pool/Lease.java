package dev.tidegate.client.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.function.Supplier;

/**
 * The right of one user to one connection, until it is given back, once, by whichever thread is first. One is made for every use of a pool,
 * so it is small. Thread-safe.
 */
class Lease<M> {
    private static final int UNUSED = 0;
    private static final int BEING_TAKEN = 1;
    private static final int USED = 2;
    private static final int OVER = 3;

    private static final VarHandle STATE;
    private static final VarHandle USER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Lease.class, "state", int.class);
            USER = lookup.findVarHandle(Lease.class, "user", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Entry<M> entry;
    private final Throwable origin;
    /** What the user has of it; after {@link #watch} what tells that it was lost. Null: there is nothing that could be. */
    private volatile Object user;

    private volatile int state;
    /** Written before the state that says so. */
    private boolean used;

    private volatile boolean reported;

    /** Says that the user's object was lost. */
    static final class Watch<M> extends PhantomReference<Object> {
        private final Lease<M> lease;

        private Watch(Object user, Lease<M> lease, ReferenceQueue<Object> queue) {
            super(user, queue);
            this.lease = lease;
        }

        Lease<M> lease() {
            return lease;
        }
    }

    /** @param origin where it was taken; null if that is not recorded */
    Lease(Entry<M> entry, Throwable origin) {
        this(entry, origin, true);
    }

    /** @param used false: the connection is not touched before {@link #beginUse}, and if that never happens nothing is left in it */
    Lease(Entry<M> entry, Throwable origin, boolean used) {
        this.entry = entry;
        this.origin = origin;
        this.used = used;
        this.state = used ? USED : UNUSED;
    }

    M member() {
        return entry.member();
    }

    Slot<Entry<M>> slot() {
        return entry.slot();
    }

    Entry<M> entry() {
        return entry;
    }

    Throwable origin() {
        return origin;
    }

    /** @param object what the user has, and may lose; it is kept until {@link #watch} */
    void lentAs(Object object) {
        USER.setRelease(this, object);
    }

    /**
     * From now on it is noticed if the user loses its object, by a {@link Watch} in the queue. That is put off until a lease has lasted for a
     * while, because most are over by then, and a reference costs more than all the rest. By one thread at a time.
     */
    void watch(ReferenceQueue<Object> queue) {
        Object object = user;
        if (object != null && !(object instanceof Watch)) {
            // The lease keeps the reference, so that it lives as long, and no longer.
            user = new Watch<>(object, this, queue);
        }
    }

    /** Whether {@link #watch} has met it: it has lasted for a while. */
    boolean isWatched() {
        return user instanceof Watch;
    }

    boolean isOver() {
        return state == OVER;
    }

    /**
     * The connection is made ready for its user, once. Who ends the lease at the same time waits for it.
     *
     * @param lending must not wait for anything
     * @return what it has made; null if it was called before, or the lease is over
     */
    final synchronized <T> T beginUse(Supplier<T> lending) {
        if (!STATE.compareAndSet(this, UNUSED, BEING_TAKEN)) {
            return null;
        }
        try {
            return lending.get();
        } finally {
            used = true;
            state = USED;
        }
    }

    private synchronized int settled() {
        return state;
    }

    /** True for the one caller that ends the lease. */
    final boolean end() {
        int now = state;
        while (now != OVER && (now == BEING_TAKEN || !STATE.compareAndSet(this, now, OVER))) {
            now = settled();
        }
        return now != OVER;
    }

    /** Whether the connection was made ready for its user; only for the caller that has ended the lease. */
    boolean wasUsed() {
        return used;
    }

    /** True for the first caller that wants to tell of a leak. */
    boolean reportOnce() {
        boolean first = !reported;
        reported = true;
        return first;
    }
}
