package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.convert.TemporalConversion;
import dev.tidegate.server.tsql.function.FunctionArity;
import dev.tidegate.server.tsql.function.FunctionContext;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.type.SqlType;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Optional;
import java.util.function.Function;

/** Functions whose value is the session's: the time (one for each statement), the last identity, the error that was caught. */
final class SessionFunctions {
    private SessionFunctions() {}

    /** Gives the value when the call is translated. */
    @FunctionalInterface
    private interface Source {
        Object value() throws SqlServerException;
    }

    static Optional<ScalarFunction> find(SessionCore core, Frame frame, String name) {
        if (name.startsWith("APPLOCK_")) {
            return AppLockProcedures.function(core, name);
        }
        return Optional.ofNullable(
                switch (name) {
                    case "GETDATE", "CURRENT_TIMESTAMP" -> time(core, "LOCALTIMESTAMP", SqlType.DATETIME, false);
                    case "GETUTCDATE" ->
                        time(core, "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP)", SqlType.DATETIME, true);
                    case "SYSDATETIME" -> time(core, "LOCALTIMESTAMP", SqlType.datetime2(7), false);
                    case "SYSUTCDATETIME" ->
                        time(
                                core,
                                "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP)",
                                SqlType.datetime2(7),
                                true);
                    case "SYSDATETIMEOFFSET" -> time(core, "CURRENT_TIMESTAMP", SqlType.datetimeoffset(7), false);
                    case "CURRENT_DATE" -> time(core, "CURRENT_DATE", SqlType.DATE, false);
                    case "SCOPE_IDENTITY" -> constant(SqlType.numeric(38, 0), () -> core.identity);
                    case "XACT_STATE" -> constant(SqlType.SMALLINT, () -> transactionState(core.transactions));
                    case "ROWCOUNT_BIG" -> constant(SqlType.BIGINT, () -> core.rowCount);
                    case "ERROR_NUMBER" -> ofCaught(SqlType.INT, frame, caught -> caught.error().number());
                    case "ERROR_STATE" -> ofCaught(SqlType.INT, frame, caught -> caught.error().state());
                    case "ERROR_SEVERITY" -> ofCaught(SqlType.INT, frame, caught -> caught.error().severity());
                    case "ERROR_MESSAGE" -> ofCaught(SqlType.nvarchar(4000), frame, caught -> caught.error().getMessage());
                    case "ERROR_LINE" -> ofCaught(SqlType.INT, frame, Frame.CaughtError::line);
                    case "ERROR_PROCEDURE" -> constant(SqlType.nvarchar(128), () -> null);
                    case "CURRENT_USER", "SESSION_USER", "USER" -> constant(SqlType.SYSNAME, () -> "dbo");
                    case "SYSTEM_USER" -> constant(SqlType.SYSNAME, () -> core.options.user());
                    case "HOST_ID" -> constant(SqlType.varchar(8), () -> "1");
                    case "CURRENT_TRANSACTION_ID" -> constant(SqlType.BIGINT, () -> core.transactions.descriptor());
                    default -> null;
                });
    }

    private static short transactionState(Transactions transactions) {
        return (short) (transactions.isDoomed() ? -1 : transactions.isOpen() ? 1 : 0);
    }

    /** NULL outside of CATCH. */
    private static ScalarFunction ofCaught(SqlType type, Frame frame, Function<Frame.CaughtError, Object> value) {
        return constant(type, () -> frame.caught() == null ? null : value.apply(frame.caught()));
    }

    private static ScalarFunction constant(SqlType type, Source source) {
        return (name, arguments, context) -> {
            FunctionArity.check(name, arguments.size(), 0, 0);
            return context.value(source.value(), type);
        };
    }

    /** @param h2 what stands for it where no value can be bound: in defaults, views, and constraints */
    private static ScalarFunction time(SessionCore core, String h2, SqlType type, boolean utc) {
        return (name, arguments, context) -> {
            FunctionArity.check(name, arguments.size(), 0, 0);
            return context.isImmediate() ? now(core.now(), type, utc, context) : later(h2, type);
        };
    }

    private static Operand now(OffsetDateTime now, SqlType type, boolean utc, FunctionContext context)
            throws SqlServerException {
        Temporal local = utc ? LocalDateTime.ofInstant(now.toInstant(), ZoneOffset.UTC) : now;
        Operand value = context.value(TemporalConversion.fit(local, type, false), type);
        return new Operand(value.sql(), type, false, null);
    }

    private static Operand later(String h2, SqlType type) {
        String cast = switch (type.kind()) {
            // of 1/300 s, which datetime counts, only the hundredths are whole milliseconds
            case DATETIME -> "TIMESTAMP(2)";
            case DATETIME2 -> "TIMESTAMP(7)";
            case DATE -> "DATE";
            default -> "TIMESTAMP(7) WITH TIME ZONE";
        };
        return new Operand("CAST(" + h2 + " AS " + cast + ")", type, false, null);
    }
}
