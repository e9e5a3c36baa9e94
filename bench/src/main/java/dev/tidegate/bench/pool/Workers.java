package dev.tidegate.bench.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that use a pool over and over until they are stopped, each counting for itself. JMH's own threads are not used because its virtual
 * ones wait for each other by yielding, and may do so for ever where there are more of them than processors.
 */
final class Workers {
    /** So far apart that no two threads write to the same line of the cache. */
    private static final int APART = 16;

    /**
     * Uses of a virtual thread between two times that it stands aside. That costs several times as much as a use, and more or less from run
     * to run: after each use it would be what is measured.
     */
    private static final int UNTIL_ASIDE = 16;

    private final Lending lending;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray counts;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    Workers(Lending lending, int count, boolean virtual) {
        this.lending = lending;
        this.counts = new AtomicLongArray((count + 1) * APART);
        for (int i = 0; i < count; i++) {
            int place = (i + 1) * APART;
            Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            threads.add(builder.start(() -> work(place)));
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Fairness is not hoped for: that a virtual thread stands aside at all is the point.
    private void work(int place) {
        boolean virtual = Thread.currentThread().isVirtual();
        try {
            for (long done = 1; !stopped; done++) {
                if (lending.use() == null) {
                    throw new IllegalStateException("there was no connection");
                }
                counts.setOpaque(place, done);
                if (virtual && done % UNTIL_ASIDE == 0) {
                    // Nobody takes the processor from a virtual thread: without this most of them would never run.
                    Thread.yield();
                }
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Uses so far, of all threads. */
    long uses() {
        if (failure.get() != null) {
            throw new IllegalStateException("a use has failed", failure.get());
        }
        long all = 0;
        for (int place = APART; place < counts.length(); place += APART) {
            all += counts.getOpaque(place);
        }
        return all;
    }

    /** Waits until all have ended. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
