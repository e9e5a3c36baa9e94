package dev.tidegate.client;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session has beyond its login, and what must be restored when the login's state comes back by a reset: the lock time-out, and
 * the isolation level, which servers do not agree on resetting. The transaction and the database come back with the reset itself. A
 * pool's auto-commit is none of the server's state: it begins anew with the {@code java.sql.Connection} that is lent. Used by the thread
 * that runs the requests.
 */
final class SessionSetup {
    private static final String ISOLATION = "isolation";

    private final int lockTimeout;
    private boolean isolationChanged;
    private boolean due;

    /** Due at once, as after a reset. */
    SessionSetup(ConnectionSettings settings) {
        this.lockTimeout = settings.number(ConnectionProperty.LOCK_TIMEOUT);
        this.due = true;
    }

    /** The session's transactions have this level from now on. */
    void isolation(IsolationLevel level) {
        isolationChanged |= level != IsolationLevel.CURRENT;
    }

    /**
     * A batch is about to run. If it names the isolation level at all it may change it; what a procedure or dynamic SQL changes ends with
     * these.
     */
    void isolationOf(String batch) {
        isolationChanged = isolationChanged || mentionsIsolation(batch);
    }

    private static boolean mentionsIsolation(String batch) {
        int last = batch.length() - ISOLATION.length();
        for (int i = 0; i <= last; i++) {
            if ((batch.charAt(i) | 0x20) == 'i' && batch.regionMatches(true, i, ISOLATION, 0, ISOLATION.length())) {
                return true;
            }
        }
        return false;
    }

    /** The next request resets the session. */
    void resetComes() {
        due = true;
    }

    boolean isDue() {
        return due;
    }

    /** What is to be run before anything else; empty if nothing is. */
    String sql() {
        List<String> statements = new ArrayList<>();
        if (due && lockTimeout >= 0) {
            statements.add("SET LOCK_TIMEOUT " + lockTimeout);
        }
        if (due && isolationChanged) {
            statements.add("SET TRANSACTION ISOLATION LEVEL " + IsolationLevel.READ_COMMITTED.sql());
        }
        return String.join("; ", statements);
    }

    /** It has been run. */
    void done() {
        due = false;
        isolationChanged = false;
    }
}
