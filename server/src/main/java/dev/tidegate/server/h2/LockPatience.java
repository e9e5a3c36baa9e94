package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import java.sql.SQLException;

/**
 * Waits for locks as long as SET LOCK_TIMEOUT says. H2 itself cannot be interrupted while it waits for a row, so it waits in short
 * steps, and the statement, which H2 has undone by then, is tried again between them.
 */
final class LockPatience {
    /** How long H2 waits at a time at most: what a cancel may have to wait for. */
    static final int STEP_MILLIS = 200;

    private static final int LOCK_TIMEOUT = 50200;
    private static final int CONCURRENT_UPDATE = 90131;

    private LockPatience() {}

    /** A statement that may meet a lock. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    static <T> T run(SessionCore core, Attempt<T> attempt) throws SQLException {
        return run(core, core.settings.lockTimeout, attempt);
    }

    /** @param patienceMillis how long to go on trying; negative: without end */
    static <T> T run(SessionCore core, long patienceMillis, Attempt<T> attempt) throws SQLException {
        core.h2().setLockTimeout(patienceMillis < 0 ? STEP_MILLIS : Math.clamp(patienceMillis, 1, STEP_MILLIS));
        long started = System.nanoTime();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                core.cancellation.check();
                long waited = (System.nanoTime() - started) / 1_000_000;
                boolean patient = patienceMillis < 0 || waited < patienceMillis;
                if (!isLock(core, e) || !patient) {
                    throw e;
                }
            }
        }
    }

    static boolean isLockTimeout(SQLException e) {
        return e.getErrorCode() == LOCK_TIMEOUT;
    }

    /** Under snapshot isolation a row that another has changed stays changed: waiting does not help. */
    private static boolean isLock(SessionCore core, SQLException e) {
        boolean snapshot = core.settings.isolation.ordinal() >= IsolationLevel.REPEATABLE_READ.ordinal();
        return isLockTimeout(e) || (e.getErrorCode() == CONCURRENT_UPDATE && !snapshot);
    }
}
