package dev.tidegate.client.pool;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps a pool from hammering a server that takes no connections: after a failed attempt the next one is made only after a pause, by one
 * caller at a time, and the pause doubles with each failure from {@link #SHORTEST} to {@link #LONGEST}. Thread-safe; times in nanoseconds
 * of the pool's clock.
 */
final class ConnectBreaker {
    static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);
    static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final AtomicReference<Trip> trip = new AtomicReference<>();

    private record Trip(SQLException why, long at, long pause, long until) {}

    /** Whether an attempt may be made now; in the pause of a failure one caller each time gets true once it is over. */
    boolean mayTry(long now) {
        Trip tripped = trip.get();
        return tripped == null
                || now - tripped.until >= 0
                        && trip.compareAndSet(
                                tripped, new Trip(tripped.why, tripped.at, tripped.pause, now + tripped.pause));
    }

    /** Nanoseconds until the next attempt may be made; 0: now. */
    long pauseLeft(long now) {
        Trip tripped = trip.get();
        return tripped == null ? 0 : Math.max(0, tripped.until - now);
    }

    /** Of the last attempt; null if it succeeded. */
    SQLException lastFailure() {
        Trip tripped = trip.get();
        return tripped == null ? null : tripped.why;
    }

    void succeeded() {
        trip.set(null);
    }

    /** @param begun when the attempt began: those that were under way at the first failure do not make the pause longer */
    void failed(SQLException why, long begun, long now) {
        trip.updateAndGet(before -> {
            if (before != null && begun - before.at < 0) {
                return new Trip(why, before.at, before.pause, before.until);
            }
            long pause = before == null ? SHORTEST : Math.min(LONGEST, 2 * before.pause);
            return new Trip(why, now, pause, now + pause);
        });
    }
}
