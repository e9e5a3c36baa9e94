package dev.tidegate.server.catalog;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.ErrorContext;
import dev.tidegate.server.error.FailedStatement;
import dev.tidegate.server.error.H2Errors;
import java.sql.Connection;
import java.sql.SQLException;

/** Gives H2's errors SQL Server's numbers and texts. What an error ends is told by {@code ErrorEffect}. */
public final class ErrorMapper {
    private ErrorMapper() {}

    /** As the other one, without the details that only the database itself knows. */
    public static SqlServerException map(SQLException error, ErrorContext context) {
        return map(error, context, null, 0);
    }

    /**
     * Never fails: what has no counterpart becomes error 50000 with H2's own words.
     *
     * @param connection the H2 connection of the statement, used to look up constraints; null if there is none any more
     * @param sessionId what {@code @@SPID} shows
     */
    public static SqlServerException map(
            SQLException error, ErrorContext context, Connection connection, int sessionId) {
        String object = context.object();
        int dot = object.indexOf('.');
        FailedStatement statement = new FailedStatement(
                connection,
                context.database(),
                context.statement(),
                dot < 0 ? "" : object.substring(0, dot),
                object.substring(dot + 1),
                sessionId);
        return H2Errors.map(error, statement).asServerException(error);
    }
}
