package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Statement;
import java.util.Optional;

/**
 * Runs KILL. Every login is a member of sysadmin here, so that all may. It does not wait: the other session rolls back by its own threads,
 * and its client finds the connection cut.
 */
final class KillRunner {
    private static final int FIRST_USER_SESSION = 51;

    private final SessionCore core;
    private final ResponseSink sink;

    KillRunner(SessionCore core, ResponseSink sink) {
        this.core = core;
        this.sink = sink;
    }

    void run(Statement.Kill kill) throws SqlServerException {
        long id = kill.session();
        if (core.transactions.isOpen()) {
            throw KnownError.KILL_IN_TRANSACTION.exception();
        }
        if (id < 1 || id > Short.MAX_VALUE) {
            throw KnownError.KILL_INVALID.exception(id);
        }
        if (id == core.options.sessionId()) {
            throw KnownError.KILL_OWN.exception();
        }
        if (id < FIRST_USER_SESSION) {
            throw KnownError.KILL_SYSTEM.exception();
        }
        Optional<H2Session> other = core.backend.session((int) id);
        if (kill.statusOnly()) {
            report(other.orElseThrow(() -> missing(id)), id);
        } else if (other.isEmpty() || !other.get().kill()) {
            throw missing(id);
        }
    }

    private static SqlServerException missing(long id) {
        return KnownError.KILL_MISSING.exception(id);
    }

    /** How much is left H2 does not tell. */
    private void report(H2Session other, long id) throws SqlServerException {
        if (!other.isKilled()) {
            throw KnownError.KILL_NOT_ROLLING_BACK.exception(id);
        }
        core.info(
                6109,
                "SPID " + id + ": transaction rollback in progress. Estimated rollback completion: 0%. Estimated time left:"
                        + " 0 seconds.",
                sink);
    }
}
