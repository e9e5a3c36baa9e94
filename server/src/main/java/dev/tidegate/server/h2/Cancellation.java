package dev.tidegate.server.h2;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;

/** Stops the call that runs, and only that one. {@link #cancel} may come from any thread, the rest from the session's. */
final class Cancellation {
    /** The call was cancelled: it ends without an error message. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledException() {
            super("cancelled", null, false, false);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean active;
    private boolean requested;
    private Stop stop;

    /** How to stop what H2 runs. */
    @FunctionalInterface
    interface Stop {
        void stop() throws SQLException;
    }

    void begin() {
        lock.lock();
        try {
            active = true;
            requested = false;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            active = false;
            requested = false;
            stop = null;
        } finally {
            lock.unlock();
        }
    }

    /** @param how stops what H2 runs from now on: the session's cancel, as H2 keeps that of a statement with its text */
    void stoppedBy(Stop how) {
        lock.lock();
        try {
            stop = requested ? null : how;
            if (requested) {
                throw new CancelledException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** H2 runs nothing any more. It keeps a cancel that found nothing to stop, and would stop the session's next statement with it. */
    void ended(SessionLocal session) {
        try {
            stoppedBy(null);
        } finally {
            try {
                session.checkCanceled();
            } catch (DbException late) {
                // it was meant for what has just ended
                System.getLogger(Cancellation.class.getName()).log(System.Logger.Level.TRACE, "late cancel", late);
            }
        }
    }

    void check() {
        lock.lock();
        try {
            if (requested) {
                throw new CancelledException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless it is cancelled. */
    void sleep(long millis) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (nanos > 0 && !requested) {
                nanos = changed.awaitNanos(nanos);
            }
            if (requested) {
                throw new CancelledException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            lock.unlock();
        }
    }

    /** The stop comes under the lock, so that it cannot hit what runs after {@link #stoppedBy} has said that nothing does. */
    void cancel() {
        lock.lock();
        try {
            if (!active) {
                return;
            }
            requested = true;
            changed.signalAll();
            if (stop != null) {
                stop.stop();
            }
        } catch (SQLException e) {
            // it has just ended; the flag stops what would come next
            System.getLogger(Cancellation.class.getName()).log(System.Logger.Level.TRACE, "cancel", e);
        } finally {
            lock.unlock();
        }
    }
}
