package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.ServerMessage;
import java.util.List;
import java.util.Optional;

/** {@code sp_getapplock}, {@code sp_releaseapplock}, {@code APPLOCK_MODE} and {@code APPLOCK_TEST}. */
final class AppLockProcedures {
    /** What the procedures return when they were called wrongly. */
    private static final int WRONG_CALL = -999;

    private static final int LONGEST_NAME = 255;

    private AppLockProcedures() {}

    static int get(SessionCore core, ProcedureArguments arguments, ResponseSink sink) {
        String resource = resource(arguments.text("@Resource", 0));
        AppLocks.Mode mode = AppLocks.Mode.of(arguments.text("@LockMode", 1));
        AppLocks.Owner owner = owner(core, arguments.text("@LockOwner", 2));
        int timeout = arguments.number("@LockTimeout", 3, (int) core.settings.lockTimeout);
        if (resource == null
                || mode == null
                || owner == null
                || timeout < -1
                || !isPublic(arguments.text("@DbPrincipal", 4))) {
            return wrong(core, sink, KnownError.PROCEDURE_PARAMETER.with("sys.sp_getapplock", ""));
        }
        if (owner.transaction() && !core.transactions.isOpen()) {
            return wrong(
                    core,
                    sink,
                    KnownError.PROCEDURE_PARAMETER.with(
                            "sys.sp_getapplock", ": a lock that a transaction owns needs an active transaction"));
        }
        return switch (core.database.appLocks().acquire(owner, resource, mode, timeout)) {
            case GRANTED -> 0;
            case GRANTED_AFTER_WAIT -> 1;
            case TIMED_OUT -> -1;
            case DEADLOCK -> -3;
        };
    }

    static int release(SessionCore core, ProcedureArguments arguments, ResponseSink sink) {
        String resource = resource(arguments.text("@Resource", 0));
        AppLocks.Owner owner = owner(core, arguments.text("@LockOwner", 1));
        if (resource == null || owner == null || !isPublic(arguments.text("@DbPrincipal", 2))) {
            return wrong(core, sink, KnownError.PROCEDURE_PARAMETER.with("sys.sp_releaseapplock", ""));
        }
        if (!core.database.appLocks().release(owner, resource)) {
            return wrong(core, sink, KnownError.LOCK_NOT_HELD.with(resource));
        }
        return 0;
    }

    private static int wrong(SessionCore core, ResponseSink sink, ServerError error) {
        core.error = error.number();
        sink.message(new ServerMessage(
                true, error.number(), error.state(), error.severity(), error.text(), "", "", 1));
        return WRONG_CALL;
    }

    private static String resource(String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static AppLocks.Owner owner(SessionCore core, String name) {
        if (name == null || name.equalsIgnoreCase("Transaction")) {
            return new AppLocks.Owner(core, true);
        }
        return name.equalsIgnoreCase("Session") ? new AppLocks.Owner(core, false) : null;
    }

    private static boolean isPublic(String principal) {
        return principal == null || principal.equalsIgnoreCase("public") || principal.equalsIgnoreCase("dbo");
    }

    /** @param name in upper case */
    static Optional<ScalarFunction> function(SessionCore core, String name) {
        return switch (name) {
            case "APPLOCK_MODE" ->
                Optional.of((called, arguments, context) -> {
                    List<String> texts = texts(called, arguments, 3);
                    AppLocks.Mode mode = core.database.appLocks().mode(known(core, called, texts.get(2)), texts.get(1));
                    return context.value(mode == null ? "NoLock" : mode.text(), SqlType.nvarchar(32));
                });
            case "APPLOCK_TEST" ->
                Optional.of((called, arguments, context) -> {
                    List<String> texts = texts(called, arguments, 4);
                    AppLocks.Mode mode = AppLocks.Mode.of(texts.get(2));
                    if (mode == null) {
                        throw KnownError.INVALID_LOCK_MODE.exception(called);
                    }
                    AppLocks.Owner owner = known(core, called, texts.get(3));
                    return context.value(
                            (short) (core.database.appLocks().isFree(owner, texts.get(1), mode) ? 1 : 0),
                            SqlType.SMALLINT);
                });
            default -> Optional.empty();
        };
    }

    private static AppLocks.Owner known(SessionCore core, String function, String name) throws SqlServerException {
        AppLocks.Owner owner = owner(core, name);
        if (owner == null) {
            throw KnownError.INVALID_LOCK_OWNER.exception(function);
        }
        return owner;
    }

    private static List<String> texts(String function, List<Operand> arguments, int wanted) throws SqlServerException {
        if (arguments.size() != wanted) {
            throw KnownError.FUNCTION_ARGUMENTS.exception(function.toLowerCase(java.util.Locale.ROOT), wanted);
        }
        for (Operand argument : arguments) {
            if (!(argument.literal() instanceof String)) {
                throw KnownError.UNSUPPORTED.exception(function + " takes literals only on this server.");
            }
        }
        return arguments.stream().map(argument -> (String) argument.literal()).toList();
    }
}
