package dev.tidegate.client.pool;

import java.lang.ref.PhantomReference;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right of one user to one connection, until it is given back, once, by whichever thread is first. Thread-safe.
 */
final class Lease<M> {
    private final Slot<Entry<M>> slot;
    private final Entry<M> entry;
    private final Throwable origin;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Says that the user's object was forgotten; null if there is none. */
    private volatile PhantomReference<Object> watch;

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
        return over.get();
    }

    /** True for the one caller that ends the lease. */
    boolean end() {
        boolean first = !over.get() && over.compareAndSet(false, true);
        PhantomReference<Object> reference = watch;
        if (first && reference != null) {
            reference.clear();
        }
        return first;
    }

    /** True for the first caller that wants to tell of a leak. */
    boolean reportOnce() {
        boolean first = !reported;
        reported = true;
        return first;
    }
}
