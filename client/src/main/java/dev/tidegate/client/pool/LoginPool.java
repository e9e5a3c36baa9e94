package dev.tidegate.client.pool;

import dev.tidegate.client.settings.ConnectionSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A pool among others, which can be dropped while nobody asks it for a connection or has one of it. Thread-safe. */
final class LoginPool {
    private static final int ENDED = -1;

    private final ConnectionPool pool;
    /** Those who are asking it for a connection at present; {@link #ENDED}. */
    private final AtomicInteger asking = new AtomicInteger();

    private volatile long lastEntered = System.nanoTime();

    /** @param whenEmpty told when there has been no connection for {@code idleTimeout} */
    LoginPool(ConnectionSettings login, PoolSettings settings, BiConsumer<ConnectionSettings, LoginPool> whenEmpty) {
        pool = new ConnectionPool(login, settings, () -> whenEmpty.accept(login, this));
    }

    ConnectionPool pool() {
        return pool;
    }

    /** By {@link System#nanoTime}. */
    long lastEntered() {
        return lastEntered;
    }

    /** Must be followed by {@link #leave}. False if it is ended, or about to be. */
    boolean enter() {
        lastEntered = System.nanoTime();
        return asking.getAndUpdate(now -> now == ENDED ? ENDED : now + 1) != ENDED;
    }

    void leave() {
        asking.decrementAndGet();
    }

    /** Nobody can enter any more. */
    boolean isEnded() {
        return asking.get() == ENDED;
    }

    /** True for the one caller that has ended it, if it was not in use. Nobody can enter any more then. */
    boolean end() {
        if (!asking.compareAndSet(0, ENDED)) {
            return false;
        }
        if (pool.isUnused()) {
            return true;
        }
        asking.set(0);
        return false;
    }
}
