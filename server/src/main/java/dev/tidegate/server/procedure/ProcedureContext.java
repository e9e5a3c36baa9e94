package dev.tidegate.server.procedure;

import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.util.List;

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
     * The columns of the first result that T-SQL would give; empty if it would give none. Nothing of it is run.
     *
     * @param declared list of its parameters, as {@code sp_executesql} takes it; null if there are none
     */
    List<Column> firstResult(String tsql, String declared) throws SqlServerException;

    /**
     * The parameters that T-SQL uses and does not declare, in the order in which they first stand there. Nothing of it is run.
     *
     * @param declared list of parameters that are known, as {@code sp_executesql} takes it; null if there are none
     */
    List<DescribedParameter> undeclared(String tsql, String declared) throws SqlServerException;
}
