package dev.tidegate.client.pool;

/**
 * What a slot keeps: a connection, and what the pool remembers of it for as long as it lives. What changes with each use stands in the slot.
 * The times are in nanoseconds of the pool's clock.
 */
final class Entry<M> {
    private final Slot<Entry<M>> slot;
    private final M member;
    private final int generation;
    private final long expiresAt;
    private volatile long worked;
    private volatile long quiet;

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
        this.worked = now;
        this.quiet = now;
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

    /** Nanoseconds since it was handed out or came back last. */
    long age(long now) {
        return now - slot.since();
    }

    /** Nanoseconds since it was last known to work: the server has answered a user, or the pool. Not every user needs it. */
    long unchecked(long now) {
        return now - worked;
    }

    /** As {@link #unchecked}; that nothing had come, and no end, will do as well. */
    long unwatched(long now) {
        return Math.min(now - worked, now - quiet);
    }

    /**
     * It was found to work; only for the owner of the slot.
     *
     * @param then when that was
     */
    void worked(long then) {
        worked = then;
    }

    /** Nothing was found to have come; only for the owner of the slot. */
    void wasQuiet(long now) {
        quiet = now;
    }
}
