package dev.tidegate.client.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;

/**
 * The right of one user to one connection, until it is given back, once, by whichever thread is first. Thread-safe.
 */
final class Lease<M> {
    private static final VarHandle OVER;

    static {
        try {
            OVER = MethodHandles.lookup().findVarHandle(Lease.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Slot<Entry<M>> slot;
    private final Entry<M> entry;
    private final Throwable origin;
    private volatile boolean over;
    /** Says that the user's object was forgotten; kept here so that it lives as long as the lease, and no longer. */
    @SuppressWarnings("UnusedVariable")
    private PhantomReference<Object> watch;

    private volatile boolean reported;

    /** @param origin where it was taken; null if that is not recorded */
    Lease(Slot<Entry<M>> slot, Throwable origin) {
        this.slot = slot;
        this.entry = slot.member();
        this.origin = origin;
    }

    M member() {
        return entry.member();
    }

    Slot<Entry<M>> slot() {
        return slot;
    }

    Entry<M> entry() {
        return entry;
    }

    Throwable origin() {
        return origin;
    }

    void watch(PhantomReference<Object> by) {
        watch = by;
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
