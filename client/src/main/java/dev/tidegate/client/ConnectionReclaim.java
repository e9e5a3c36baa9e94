package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.event.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Closes connections that were lost without being closed, and logs a warning of each: with the stack of the call that opened it if the
 * property {@code leakDetection} is on. What counts as lost is the {@link TdsConnection}: whoever only has a {@link Response} of it has
 * lost it.
 *
 * <p>A {@link java.lang.ref.Cleaner} would do the same with a thread that lives as long as the cleaner, be there connections or not. This
 * one has a thread, a daemon, only while it watches connections; it ends with the last of them. So whoever opens connections keeps one of
 * these, and nobody needs to close it. Thread-safe.
 */
public final class ConnectionReclaim {
    private final Logger log;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null while there is nothing to watch. */
    private Watchman present;

    public ConnectionReclaim() {
        this(System.getLogger(ConnectionReclaim.class.getName()));
    }

    ConnectionReclaim(Logger log) {
        this.log = log;
    }

    /** Watches the connection until its session has ended. */
    void watch(TdsConnection connection, Session session, Throwable origin) {
        Watch watch;
        lock.lock();
        try {
            Watchman by = present != null ? present : new Watchman();
            watch = new Watch(connection, session, origin, by);
            by.watched.add(watch);
            if (present == null) {
                Thread thread = new Thread(by, "tidegate-reclaim");
                thread.setDaemon(true);
                thread.start();
                present = by;
            }
        } finally {
            lock.unlock();
        }
        session.onEnd(() -> forget(watch));
    }

    /** False if that was done before. */
    private boolean forget(Watch watch) {
        lock.lock();
        try {
            Watchman by = watch.by;
            boolean known = by.watched.remove(watch);
            if (known && by.watched.isEmpty()) {
                present = null;
                by.farewell.enqueue();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private void reclaim(Watch watch) {
        Session session = watch.session;
        if (!forget(watch) || session.state().phase() == Phase.CLOSED) {
            return;
        }
        ErrorContext where = session.context("open");
        try {
            Journal.leaked(where.host() + ":" + where.port(), "LOST", watch.origin);
            log.log(
                    Level.WARNING,
                    "a connection was lost without being closed (" + where + "); it is closed now"
                            + (watch.origin == null ? " (leakDetection=true records where it was opened)" : ""),
                    watch.origin);
        } finally {
            session.close("LOST");
        }
    }

    /** A thread, and what it watches: there is at most one that watches anything. */
    private final class Watchman implements Runnable {
        private final ReferenceQueue<TdsConnection> lost = new ReferenceQueue<>();
        private final Set<Watch> watched = new HashSet<>();
        /** Comes last. */
        private final PhantomReference<TdsConnection> farewell = new PhantomReference<>(null, lost);

        @Override
        public void run() {
            for (Reference<?> found = next(); found != farewell; found = next()) {
                if (found instanceof Watch watch) {
                    reclaim(watch);
                }
            }
        }

        private Reference<?> next() {
            try {
                return lost.remove();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; it goes on.
                return null;
            }
        }
    }

    /** Strongly held by the set, so that it outlives what it refers to. */
    private static final class Watch extends PhantomReference<TdsConnection> {
        private final Session session;
        private final Throwable origin;
        private final Watchman by;

        Watch(TdsConnection connection, Session session, Throwable origin, Watchman by) {
            super(connection, by.lost);
            this.session = session;
            this.origin = origin;
            this.by = by;
        }
    }
}
