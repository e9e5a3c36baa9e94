package dev.tidegate.client.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a slot keeps: a connection, and what the pool remembers of it. The times are in nanoseconds of the pool's clock. Only the owner of
 * the slot writes; others read for statistics.
 */
final class Entry<M> extends Apart {
    private static final VarHandle SINCE;
    private static final VarHandle LEASE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SINCE = lookup.findVarHandle(Entry.class, "since", long.class);
            LEASE = lookup.findVarHandle(Entry.class, "lease", Lease.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Slot<Entry<M>> slot;
    private final M member;
    private final int generation;
    private final long expiresAt;
    private volatile long since;
    private volatile long checked;
    private volatile Lease<M> lease;

    /**
     * @param slot that it is in
     * @param generation of the pool when the connection began to be opened
     * @param expiresAt when it is too old; {@link Long#MAX_VALUE}: never
     * @param now it has just been opened
     */
    Entry(Slot<Entry<M>> slot, M member, int generation, long expiresAt, long now) {
        this.slot = slot;
        this.member = member;
        this.generation = generation;
        this.expiresAt = expiresAt;
        this.since = now;
        this.checked = now;
    }

    Slot<Entry<M>> slot() {
        return slot;
    }

    M member() {
        return member;
    }

    int generation() {
        return generation;
    }

    boolean isExpired(long now) {
        return expiresAt != Long.MAX_VALUE && now - expiresAt >= 0;
    }

    /** When it was handed out or came back last. */
    long since() {
        return since;
    }

    /** Nanoseconds since it was handed out or came back last. */
    long age(long now) {
        return now - since;
    }

    /** Nanoseconds since it was last known to work. */
    long unchecked(long now) {
        return Math.min(age(now), now - checked);
    }

    void checked(long now) {
        checked = now;
    }

    /** Null while nobody has it. */
    Lease<M> lease() {
        return lease;
    }

    void leased(Lease<M> by, long now) {
        SINCE.setOpaque(this, now);
        // Whoever has it looks next whether the pool is closed, and whoever closes the pool looks for this.
        lease = by;
    }

    void returned(long now) {
        // In order, but without waiting for other threads to see it: the slot's state is what they go by.
        SINCE.setOpaque(this, now);
        LEASE.setRelease(this, null);
    }
}
