package dev.tidegate.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends an attempt to connect from another thread, whatever it waits for. The attempting thread says before each wait what is to be
 * closed if the signal comes; {@link #abort} may be called by any thread at any time and does not wait.
 */
public final class AbortSignal {
    private static final Closeable NOTHING = () -> {};
    private static final Closeable ABORTED = () -> {};

    private final AtomicReference<Closeable> step = new AtomicReference<>(NOTHING);
    private final CountDownLatch aborted = new CountDownLatch(1);

    /** Ends the step that is under way, and every later one before it begins. */
    public void abort() {
        Closeable running = step.getAndSet(ABORTED);
        aborted.countDown();
        Quietly.close(running);
    }

    public boolean isAborted() {
        return aborted.getCount() == 0;
    }

    /**
     * From now on, in place of the step before, {@code next} is what an abort closes.
     *
     * @throws ClosedChannelException if the signal has come already; {@code next} is closed then
     */
    public void guard(Closeable next) throws IOException {
        Closeable now = step.get();
        if (now == ABORTED || !step.compareAndSet(now, next)) {
            Quietly.close(next);
            throw new ClosedChannelException();
        }
    }

    /** The step is over: an abort finds nothing to close until the next one begins. */
    public void release() {
        step.updateAndGet(now -> now == ABORTED ? ABORTED : NOTHING);
    }

    /** Waits; returns early, and true, if the signal comes. */
    public boolean sleep(long nanos) throws InterruptedException {
        return aborted.await(nanos, TimeUnit.NANOSECONDS);
    }
}
