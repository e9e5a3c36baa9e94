package dev.tidegate.jdbc.soak;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls from other threads, a random while later: cancels and closes of what somebody else is using then. */
final class Later {
    private static final int THREADS = 8;
    private static final int LONGEST_MICROS = 30_000;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final Violations violations;
    private final Watchdog watchdog;

    Later(Violations violations, Watchdog watchdog) {
        this.violations = violations;
        this.watchdog = watchdog;
    }

    interface Call {
        void run() throws SQLException;
    }

    void run(Random random, String what, Call call) {
        try {
            threads.schedule(() -> watched(what, call), random.nextInt(LONGEST_MICROS), TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) {
            // The soak is over.
        }
    }

    private void watched(String what, Call call) {
        watchdog.begins(what);
        try {
            call.run();
        } catch (SQLException e) {
            violations.judge(e, what);
        } catch (RuntimeException | Error e) {
            violations.add(new AssertionError(what + " from another thread", e));
        } finally {
            watchdog.ends();
        }
    }

    /** Waits for the calls that are still to come. */
    void end() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            violations.add(new AssertionError("calls from other threads still run:\n" + Watchdog.threads()));
        }
    }
}
