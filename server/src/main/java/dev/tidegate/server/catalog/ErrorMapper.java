package dev.tidegate.server.catalog;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.ErrorContext;
import java.sql.SQLException;

/** Gives H2's errors SQL Server's numbers and texts. */
public final class ErrorMapper {
    private ErrorMapper() {}

    public static SqlServerException map(SQLException error, ErrorContext context) {
        return new SqlServerException(50000, 1, 16, error.getMessage(), error);
    }
}
