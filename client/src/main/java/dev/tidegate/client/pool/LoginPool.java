package dev.tidegate.client.pool;

import dev.tidegate.client.settings.ConnectionSettings;
import java.util.function.BiConsumer;

/** A pool among others, which can be dropped while nobody asks it for a connection or has one of it. Thread-safe. */
final class LoginPool {
    private final ConnectionPool pool;
    private volatile boolean kept;
    private volatile boolean ended;

    /** @param whenEmpty as {@link Housekeeper#tellWhenEmpty} */
    LoginPool(ConnectionSettings login, PoolSettings settings, BiConsumer<ConnectionSettings, LoginPool> whenEmpty) {
        pool = new ConnectionPool(login, settings, () -> whenEmpty.accept(login, this));
    }

    ConnectionPool pool() {
        return pool;
    }

    /** It is not dropped any more. False if it is, or may be, in this moment. */
    boolean keep() {
        kept = true;
        return !pool.isRetired();
    }

    /** It was dropped, and nobody gets a connection of it any more. */
    boolean isEnded() {
        return ended;
    }

    /** True for the one caller that has ended it, if it was not in use. Nobody gets a connection of it any more then. */
    boolean end() {
        if (kept || !pool.retire()) {
            return false;
        }
        if (kept) {
            pool.takeUpAgain();
            return false;
        }
        ended = true;
        return true;
    }
}
