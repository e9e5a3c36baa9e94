package dev.tidegate.duckdb.engine.execution;

import dev.tidegate.client.error.SqlStates;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;

/**
 * What an execution has failed of. DuckDB passes on the text of an error, and where in Java it came from; the error itself says more. It
 * calls a cancel and a time-out by one name. Thread-safe.
 */
public final class Reason {
    private static final String CANCELLED = "57014";

    private final EngineSession session;
    private final Run run;
    private final Map<RemoteName, SQLException> undescribed;

    /** @param undescribed tables that the statement may mean, of which the server did not tell the columns */
    Reason(EngineSession session, Run run, Map<RemoteName, SQLException> undescribed) {
        this.session = session;
        this.run = run;
        this.undescribed = undescribed;
    }

    /** Of which it is the reason. */
    public Run run() {
        return run;
    }

    /** The error to throw in place of one that was reported by DuckDB or by a write of the engine's own; the same if that says all. */
    public SQLException of(SQLException reported) {
        String state = reported.getSQLState();
        if (session.isCancelled(run)) {
            boolean isTold = state != null && !state.equals(SqlStates.CANCELLED);
            return isTold ? reported : new SQLException("the statement was cancelled", CANCELLED, reported);
        }
        Throwable failure = run.failure();
        if (failure != null) {
            return failure instanceof SQLException known
                    ? known
                    : new SQLException("reading an attached table failed: " + failure.getMessage(), "XX000", failure);
        }
        if (reported instanceof SQLTimeoutException && state == null) {
            return timedOut(reported);
        }
        return String.valueOf(reported.getMessage()).contains("does not exist") ? missing(reported) : reported;
    }

    private SQLException timedOut(SQLException reported) {
        try {
            run.remaining();
            return reported;
        } catch (SQLTimeoutException over) {
            over.initCause(reported);
            return over;
        }
    }

    private SQLException missing(SQLException reported) {
        for (Map.Entry<RemoteName, SQLException> table : undescribed.entrySet()) {
            SQLException cause = table.getValue();
            return new SQLException(
                    reported.getMessage() + "\n" + table.getKey() + " cannot be read: " + cause.getMessage(),
                    cause.getSQLState(),
                    cause.getErrorCode(),
                    cause);
        }
        return reported;
    }
}
