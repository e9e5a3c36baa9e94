package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import java.time.Duration;

/**
 * Where the driver tells what happens to connections, for whoever records it with the JDK Flight Recorder. Without a recording nothing is
 * made, and a Java without the module {@code jdk.jfr} is none the worse. No event has a secret, SQL text, or a value. Thread-safe; nothing
 * here waits or throws.
 */
public final class Journal {
    // The classes of the events are loaded only if there is what they are made of.
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Journal() {}

    /** An attempt to connect begins. */
    public static Opening opening() {
        return PRESENT ? ConnectionOpenEvent.begun() : Opening.NONE;
    }

    /** A connection has ended. */
    public static void ended(ErrorContext where, Ended end) {
        if (PRESENT) {
            ConnectionCloseEvent.tell(where, end);
        }
    }

    /** A session is to be taken up on another line. */
    public static Span reconnecting(ErrorContext where) {
        return PRESENT ? ReconnectEvent.begun(where) : Span.NONE;
    }

    /** A server has not acknowledged the reset of a session. */
    public static void resetRefused(ErrorContext where) {
        if (PRESENT) {
            ResetRefusedEvent.tell(where);
        }
    }

    /**
     * A request is cancelled; ends with what has become of the cancel.
     *
     * @param reason a word for it
     */
    public static Span cancelling(ErrorContext where, String reason) {
        return PRESENT ? CancelEvent.begun(where, reason) : Span.NONE;
    }

    /** A batch of a prepared statement begins. */
    public static Batching batching(ErrorContext where, int rows) {
        return PRESENT ? BatchEvent.begun(where, rows) : Batching.NONE;
    }

    /** @param property which sets the limit that has passed */
    public static void timedOut(ErrorContext where, String property, Duration limit) {
        if (PRESENT) {
            TimeoutEvent.tell(where, property, limit);
        }
    }

    /** Somebody asks a pool for a connection, and none was ready that needs no look. */
    public static Span acquiring(String pool) {
        return PRESENT ? AcquireWaitEvent.begun(pool) : Span.NONE;
    }

    /** A caller has got no connection in time. */
    public static void acquireTimedOut(String pool, Duration limit, Crowd crowd) {
        if (PRESENT) {
            AcquireTimeoutEvent.tell(pool, limit, crowd);
        }
    }

    /**
     * A connection was lost without being closed, or is kept for too long.
     *
     * @param owner the pool, or host and port
     * @param reason LOST or KEPT
     * @param origin whose stack says where it was taken; null if that is not known
     */
    public static void leaked(String owner, String reason, Throwable origin) {
        if (PRESENT) {
            LeakEvent.tell(owner, reason, origin);
        }
    }

    /**
     * A pool replaces all its connections.
     *
     * @param reason DEAD, if one was found dead, or EVICTED
     * @param number of the new generation
     */
    public static void generation(String pool, String reason, int number) {
        if (PRESENT) {
            PoolGenerationEvent.tell(pool, reason, number);
        }
    }
}
