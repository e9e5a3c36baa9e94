package dev.tidegate.client;

/**
 * Whoever lends a {@link PhysicalConnection} to one user after another. Called by any thread, any number of times, also for a lease that is
 * over.
 *
 * @param <L> what it knows a use of the connection by
 */
public interface Lender<L> {
    /** The user does not need it any more: sees to it, once, that {@link PhysicalConnection#takeBack} or {@code close} is called. */
    void giveBack(L lease);

    /** The user does not trust it any more: sees to it that {@link PhysicalConnection#close} is called, unless the other came first. */
    void discard(L lease);
}
