package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waiting for the end of threads. */
final class Threads {
    private Threads() {}

    /** Waits until all have ended or the deadline has passed; an interrupt is kept for the caller. */
    static void join(ExecutorService threads, Deadline deadline) {
        boolean interrupted = false;
        for (boolean waiting = true; waiting; ) {
            try {
                waiting = !threads.awaitTermination(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)
                        && !deadline.isExpired();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
