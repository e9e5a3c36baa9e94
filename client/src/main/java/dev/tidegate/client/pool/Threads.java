package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not cut short: what closes must not be left half done. */
final class Threads {
    private Threads() {}

    /** Waits until all have ended or the deadline has passed; an interrupt is kept for the caller. */
    static void join(ExecutorService threads, Deadline deadline) {
        uninterruptibly(() -> threads.awaitTermination(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
    }

    /** Waits until all have ended; an interrupt is kept for the caller. */
    static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            uninterruptibly(thread::join);
        }
    }

    /** Waits for the latch; an interrupt is kept for the caller. */
    static void await(CountDownLatch latch) {
        uninterruptibly(latch::await);
    }

    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        try {
            for (; ; ) {
                try {
                    wait.run();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
