package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads of one purpose, all daemons, and waiting for their end: an executor says that it has terminated while the last of its threads
 * has still to end, and what is closed shall have none. No waiting is cut short by an interrupt, which is kept for the caller: what closes
 * must not be left half done.
 */
final class Threads implements ThreadFactory {
    private final Supplier<String> names;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    /** @param names one for each thread */
    Threads(Supplier<String> names) {
        this.names = names;
    }

    @Override
    public Thread newThread(Runnable task) {
        made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, names.get());
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** Waits until the executor of these threads, which takes no tasks any more, and they have ended or the deadline has passed. */
    void join(ExecutorService executor, Deadline deadline) {
        uninterruptibly(() -> executor.awaitTermination(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
        join(deadline);
    }

    /** Waits until these threads have ended or the deadline has passed. */
    void join(Deadline deadline) {
        for (Thread thread : made) {
            if (thread != Thread.currentThread()) {
                uninterruptibly(() -> TimeUnit.NANOSECONDS.timedJoin(thread, deadline.remainingNanos()));
            }
        }
    }

    /** Waits for the latch. */
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
