package dev.tidegate.server.h2.routine;

import dev.tidegate.server.backend.SqlServerException;
import java.sql.SQLException;

/** Carries an error with SQL Server's number through H2, out of a function that H2 called. */
public final class RoutineException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SqlServerException error;

    public RoutineException(SqlServerException error) {
        super(error.getMessage(), "42000", error.number(), error);
        this.error = error;
    }

    public SqlServerException error() {
        return error;
    }

    /** @return the error that a function raised, if that is what stands behind an exception of H2, else null */
    public static SqlServerException find(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof RoutineException routine) {
                return routine.error;
            }
            if (t instanceof SqlServerException error) {
                return error;
            }
        }
        return null;
    }
}
