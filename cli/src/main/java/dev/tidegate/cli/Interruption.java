package dev.tidegate.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The wish to end early (Ctrl-C, SIGTERM), carried out in order: running work is cancelled, then its thread cleans up in the way in which
 * it cleans up after every failure, then the process ends. A command that has begun nothing yet ends at once.
 *
 * <p>Thread-safe. Work is begun by the command's thread; {@link #request} comes from another one.
 */
public final class Interruption {
    /** A cancel that meets no running request is lost, so it is repeated as long as the work goes on. */
    private static final Duration REPEAT = Duration.ofMillis(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Work> running = new ArrayList<>();
    private boolean requested;
    private boolean begun;
    private boolean ended;

    /** Work that may be cancelled, until it is closed: nothing is cancelled after that, so commits and clean-ups come then. */
    public final class Work implements AutoCloseable {
        private final Runnable cancel;

        private Work(Runnable cancel) {
            this.cancel = cancel;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                running.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Says how the work that follows is cancelled.
     *
     * @param cancel does not wait for the work's thread; called again and again until the work is closed
     * @throws CliException if the end has been asked for already
     */
    public Work begin(Runnable cancel) {
        lock.lock();
        try {
            if (requested) {
                throw interrupted("");
            }
            begun = true;
            Work work = new Work(cancel);
            running.add(work);
            return work;
        } finally {
            lock.unlock();
        }
    }

    public boolean isRequested() {
        lock.lock();
        try {
            return requested;
        } finally {
            lock.unlock();
        }
    }

    /** @param remark what the user wants to know besides; may be empty */
    public static CliException interrupted(String remark) {
        return new CliException(ExitCode.INTERRUPTED, remark.isEmpty() ? "interrupted" : "interrupted; " + remark);
    }

    /** The command has ended, cleaned up and said all that it had to say. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cancels the running work, and waits until the command has ended.
     *
     * @param patience how long it may take
     * @return false if the command still runs
     */
    public boolean request(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            requested = true;
            while (begun && !ended) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                cancelRunning();
                changed.await(Math.min(left, REPEAT.toNanos()), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void cancelRunning() {
        for (Work work : running) {
            try {
                work.cancel.run();
            } catch (RuntimeException e) {
                System.getLogger(Interruption.class.getName())
                        .log(System.Logger.Level.DEBUG, "a cancel failed and will be repeated", e);
            }
        }
    }
}
