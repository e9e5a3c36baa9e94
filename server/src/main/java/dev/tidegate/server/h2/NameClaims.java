package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.h2.engine.SessionLocal;
import org.h2.table.Table;

/** The names that one session has taken in {@link NameLocks}. Used by the session's thread; {@link #blockedBy} by any. */
final class NameClaims {
    /** How long a session that holds names waits for a table that others have changed: who they wait for cannot be told. */
    private static final long LONGEST_BLIND_WAIT_MILLIS = 5_000;

    private final SessionCore core;
    private final NameLocks locks;
    private final SessionLocal h2;
    private final Set<String> shared = new HashSet<>();
    private final Set<String> owned = new HashSet<>();

    NameClaims(SessionCore core, NameLocks locks, SessionLocal h2) {
        this.core = core;
        this.locks = locks;
        this.h2 = h2;
    }

    static String ofObject(String schema, String name) {
        return (schema + "." + name).toLowerCase(Locale.ROOT);
    }

    static String ofSchema(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The id of the H2 session whose rows this session waits for; 0 if it waits for none. */
    int blockedBy() {
        return h2.getBlockingSessionId();
    }

    /** Uses a name until {@link #endStatement}. */
    void share(String name) throws SqlServerException {
        if (owned.contains(name) || shared.contains(name)) {
            return;
        }
        take(name, false);
        shared.add(name);
    }

    /** As {@link #share}, if it can be had at once. */
    boolean tryShare(String name) {
        try {
            if (!owned.contains(name) && !shared.contains(name)) {
                if (!locks.acquire(this, h2, name, false, 0)) {
                    return false;
                }
                shared.add(name);
            }
            return true;
        } catch (NameLocks.DeadlockException e) {
            return false;
        }
    }

    /** Has a name alone until {@link #endTransaction}. */
    void own(String name) throws SqlServerException {
        if (owned.contains(name)) {
            return;
        }
        // two that use a name and both want it alone would wait for each other
        if (shared.remove(name)) {
            locks.release(this, name, false);
        }
        take(name, true);
        owned.add(name);
    }

    /** The name together with its table, which others may have changed in transactions that are open: those may go on meanwhile. */
    void own(String name, TableLookup table) throws SqlServerException {
        boolean before = owned.contains(name);
        long started = System.nanoTime();
        while (true) {
            own(name);
            if (lock(table.find())) {
                return;
            }
            if (!before) {
                owned.remove(name);
                locks.release(this, name, true);
            }
            core.cancellation.check();
            long waited = (System.nanoTime() - started) / 1_000_000;
            if (isOver(waited)) {
                throw timeout();
            }
            if (!owned.isEmpty() && waited >= LONGEST_BLIND_WAIT_MILLIS) {
                throw deadlock(null);
            }
        }
    }

    /** Finds the table that a name means at present. */
    @FunctionalInterface
    interface TableLookup {
        /** @return null if there is none */
        Table find();
    }

    private boolean lock(Table table) {
        if (table == null || table.isView()) {
            return true;
        }
        h2.lock();
        try {
            table.lock(h2, Table.EXCLUSIVE_LOCK);
            return true;
        } catch (org.h2.message.DbException e) {
            if (LockPatience.isLockTimeout(e.getSQLException())) {
                return false;
            }
            throw e;
        } finally {
            h2.unlock();
        }
    }

    private void take(String name, boolean alone) throws SqlServerException {
        long started = System.nanoTime();
        try {
            while (!locks.acquire(this, h2, name, alone, step())) {
                core.cancellation.check();
                if (isOver((System.nanoTime() - started) / 1_000_000)) {
                    throw timeout();
                }
            }
        } catch (NameLocks.DeadlockException e) {
            throw deadlock(e);
        }
    }

    private long step() {
        long patience = core.settings.lockTimeout;
        return patience < 0 ? LockPatience.STEP_MILLIS : Math.min(patience, LockPatience.STEP_MILLIS);
    }

    private boolean isOver(long waitedMillis) {
        return core.settings.lockTimeout >= 0 && waitedMillis >= core.settings.lockTimeout;
    }

    private static SqlServerException timeout() {
        return KnownError.LOCK_TIMEOUT.exception();
    }

    private SqlServerException deadlock(Exception cause) {
        return KnownError.DEADLOCK.with(core.options.sessionId(), "lock").asServerException(cause);
    }

    void endStatement() {
        shared.forEach(name -> locks.release(this, name, false));
        shared.clear();
    }

    void endTransaction() {
        core.database.appLocks().releaseAll(new AppLocks.Owner(core, true));
        owned.forEach(name -> locks.release(this, name, true));
        owned.clear();
    }
}
