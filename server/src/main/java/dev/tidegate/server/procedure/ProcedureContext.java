package dev.tidegate.server.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** What a {@link SystemProcedure} may use of its session. Valid during the call. */
public interface ProcedureContext {
    /** The session's H2 connection to the current database: for reading only, and never closed or committed by a procedure. */
    Connection connection();

    /** Name of the current database, as it was created. */
    String database();

    /** Names of all databases, in the order of their ids from 1. */
    List<String> databases();

    SessionOptions options();

    /**
     * Runs T-SQL as if the client had sent it, in a scope of its own.
     *
     * @param variables by name with the at sign: Strings become nvarchar, Integers int, Booleans bit, …; null is an nvarchar NULL
     */
    void run(String tsql, Map<String, Object> variables, ResponseSink sink) throws SqlServerException;

    /**
     * The parameters that T-SQL uses and does not declare, in the order in which they first stand there. Nothing of it is run.
     *
     * @param declared list of parameters that are known, as {@code sp_executesql} takes it; null if there are none
     */
    List<DescribedParameter> undeclared(String tsql, String declared) throws SqlServerException;
}
