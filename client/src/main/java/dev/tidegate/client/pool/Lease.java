package dev.tidegate.client.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * The right of one user to one connection, until it is given back, once, by whichever thread is first. One is made for every use of a pool,
 * so it is small. Thread-safe.
 */
final class Lease<M> {
    private static final VarHandle OVER;
    private static final VarHandle USER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OVER = lookup.findVarHandle(Lease.class, "over", boolean.class);
            USER = lookup.findVarHandle(Lease.class, "user", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Entry<M> entry;
    private final Throwable origin;
    /** What the user has of it; after {@link #watch} what tells that it was lost. Null: there is nothing that could be. */
    private volatile Object user;

    private volatile boolean over;
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
        this.entry = entry;
        this.origin = origin;
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

    boolean isOver() {
        return over;
    }

    /** True for the one caller that ends the lease. */
    boolean end() {
        return !over && OVER.compareAndSet(this, false, true);
    }

    /** True for the first caller that wants to tell of a leak. */
    boolean reportOnce() {
        boolean first = !reported;
        reported = true;
        return first;
    }
}
