package dev.tidegate.server.h2.error;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * Turns what H2 reports into what SQL Server would have reported: number, state, severity, text with the names filled in, and the
 * effect on batch and transaction. Stateless.
 */
public final class H2Errors {
    private H2Errors() {}

    /** Never fails: what has no counterpart becomes error 50000 with H2's own words. */
    public static ServerError map(SQLException failure, FailedStatement context) {
        H2Message message = H2Message.of(failure.getMessage() == null ? "" : failure.getMessage());
        return switch (failure.getErrorCode()) {
            case ErrorCode.DUPLICATE_KEY_1,
                    ErrorCode.CHECK_CONSTRAINT_VIOLATED_1,
                    ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1,
                    ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_CHILD_EXISTS_1 ->
                ConstraintErrors.map(failure.getErrorCode(), message, context);
            case ErrorCode.NULL_NOT_ALLOWED -> nullNotAllowed(message.parameter(0), context);
            case ErrorCode.VALUE_TOO_LONG_2,
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_1,
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_2,
                    ErrorCode.INVALID_DATETIME_CONSTANT_2,
                    ErrorCode.DATA_CONVERSION_ERROR_1,
                    ErrorCode.DIVISION_BY_ZERO_1 -> ValueErrors.map(failure.getErrorCode(), message, context);
            case ErrorCode.SYNTAX_ERROR_1, ErrorCode.SYNTAX_ERROR_2 -> SyntaxErrors.ofH2(message.parameter(0));
            case ErrorCode.DEADLOCK_1, ErrorCode.CONCURRENT_UPDATE_1 ->
                context.isSnapshot() && !isDeadlock(failure)
                        ? KnownError.SNAPSHOT_CONFLICT.with(context.targetInSchema(), context.database())
                        : KnownError.DEADLOCK.with(context.sessionId(), "lock");
            case ErrorCode.LOCK_TIMEOUT_1 -> KnownError.LOCK_TIMEOUT.with();
            case ErrorCode.STATEMENT_WAS_CANCELED -> KnownError.QUERY_CANCELED.with();
            case ErrorCode.CONNECTION_BROKEN_1, ErrorCode.DATABASE_IS_CLOSED, ErrorCode.OBJECT_CLOSED ->
                KnownError.SESSION_BROKEN.with();
            case ErrorCode.INVALID_VALUE_2 -> ValueErrors.argument(message);
            case ErrorCode.EXCEPTION_IN_FUNCTION_1 -> ValueErrors.inFunction(failure, message);
            default -> ObjectErrors.map(failure.getErrorCode(), message, context);
        };
    }

    /** H2 has one code for it and for a row that was changed since the snapshot; only of a deadlock it tells who waits for whom. */
    private static boolean isDeadlock(SQLException failure) {
        String details = failure.getCause() == null ? null : failure.getCause().getMessage();
        return details != null && details.contains("deadlock victim");
    }

    private static ServerError nullNotAllowed(String column, FailedStatement context) {
        if (context.verb().startsWith("ALTER")) {
            return KnownError.ADDED_COLUMN_NOT_NULL.with(column, context.table());
        }
        // MERGE and SELECT INTO store rows too; SQL Server names the kind of change, which is an insert unless rows are
        // updated.
        String change = context.verb().equals("UPDATE") ? "UPDATE" : "INSERT";
        return KnownError.NULL_NOT_ALLOWED.with(column, context.targetWithDatabase(), change);
    }
}
