package dev.tidegate.server.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import java.sql.SQLException;

/** A procedure that the server itself provides. Thread-safe: one object serves all sessions. */
@FunctionalInterface
public interface SystemProcedure {
    /**
     * Runs it: results and messages go to the sink, each result with its {@code statementDone}; the caller sends output parameters, the
     * return status and the final {@code done}.
     *
     * @return the return status, 0 for success
     */
    int execute(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException;
}
