package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.translate.TableInfo;

/**
 * What keeps those apart who read a table under TABLOCK and HOLDLOCK and those who write to it, whose rows alone H2 would lock. Who
 * writes to a table by the way, as a cascade of another's, is not kept waiting.
 */
final class TableLocks {
    private TableLocks() {}

    /** A statement that writes; closed at its end. The lock stays for as long as its transaction. */
    interface Writing extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps others from writing until the session's transaction ends, once all who have written have ended theirs; does nothing outside
     * of a transaction.
     *
     * @throws SqlServerException 1222 after SET LOCK_TIMEOUT, 1205 if they wait for each other
     */
    static void read(SessionCore core, TableInfo table) throws SqlServerException {
        if (core.transactions.isOpen() && !table.temporary() && !table.view()) {
            acquire(core, table, AppLocks.Mode.SHARED);
        }
    }

    /** @throws SqlServerException as {@link #read} */
    static Writing write(SessionCore core, TableInfo table) throws SqlServerException {
        if (table.temporary()) {
            return () -> {};
        }
        acquire(core, table, AppLocks.Mode.INTENT_EXCLUSIVE);
        return () -> {
            if (!core.transactions.isOpen()) {
                core.database.appLocks().release(owner(core), resource(table));
            }
        };
    }

    private static void acquire(SessionCore core, TableInfo table, AppLocks.Mode mode) throws SqlServerException {
        AppLocks locks = core.database.appLocks();
        if (core.transactions.isOpen() && locks.has(owner(core), resource(table), mode)) {
            return;
        }
        switch (locks.acquire(owner(core), resource(table), mode, core.settings.lockTimeout)) {
            case GRANTED, GRANTED_AFTER_WAIT -> {}
            case TIMED_OUT -> throw KnownError.LOCK_TIMEOUT.exception();
            case DEADLOCK -> throw KnownError.DEADLOCK.with(core.options.sessionId(), "lock").asServerException(null);
        }
    }

    private static AppLocks.Owner owner(SessionCore core) {
        return new AppLocks.Owner(core, true);
    }

    /** No application can give a name that begins like this one by chance. */
    private static String resource(TableInfo table) {
        return "\0table " + NameClaims.ofObject(table.schema(), table.name());
    }
}
