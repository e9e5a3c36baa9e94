package dev.tidegate.server.front;

import java.time.Duration;

/** Since when a connection has had no request. Thread-safe. */
final class IdleClock {
    private static final long BUSY = 0;

    /** Nanoseconds of the system's clock, never 0; {@link #BUSY} while a request runs. */
    private volatile long since;

    IdleClock() {
        idle();
    }

    void busy() {
        since = BUSY;
    }

    void idle() {
        since = System.nanoTime() | 1;
    }

    boolean idleFor(Duration time) {
        long began = since;
        return began != BUSY && System.nanoTime() - began >= time.toNanos();
    }
}
