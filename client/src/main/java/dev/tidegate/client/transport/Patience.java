package dev.tidegate.client.transport;

import java.io.IOException;

/**
 * How long a read or write may wait. Asked again after every wake-up, so that a cancel can shorten the wait of a thread that sleeps
 * already.
 */
public interface Patience {
    /** The next read or write begins: a limit on a single silence starts anew. */
    default void waitBegins() {}

    /** Nanoseconds left; zero or less: none; {@link Long#MAX_VALUE}: no limit. */
    long remainingNanos();

    /**
     * Called by the waiting thread when nothing is left. Either throws, or does something about it and leaves more time.
     *
     * @throws IOException to end the wait
     */
    void expired() throws IOException;
}
