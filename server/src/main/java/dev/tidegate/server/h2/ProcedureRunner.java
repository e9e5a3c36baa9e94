package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.DescribedParameter;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.procedure.SystemProcedure;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.parse.BatchParser;
import dev.tidegate.server.tsql.parse.BatchSyntaxException;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs procedures: those that run T-SQL with parameters, cursors, and the system's. */
final class ProcedureRunner {
    private final SessionCore core;
    private final ResponseSink sink;

    ProcedureRunner(SessionCore core, ResponseSink sink) {
        this.core = core;
        this.sink = sink;
    }

    /** A procedure's end. */
    private record Ended(Interpreter.Outcome outcome, int status) {
        static final Ended WELL = new Ended(Interpreter.Outcome.NEXT, 0);
    }

    /** EXEC in a batch. */
    Interpreter.Outcome execute(Statement.Execute execute, Frame frame, QueryRunner queries)
            throws SqlServerException, SQLException {
        List<ProcedureCall.Parameter> parameters = new ArrayList<>();
        for (Statement.Argument argument : execute.arguments()) {
            if (argument.value() instanceof Expression.Default) {
                parameters.add(new ProcedureCall.Parameter(
                        argument.name(), argument.output(), true, SqlType.INT.toTypeInfo(), null));
            } else {
                TypedValue value = queries.value(argument.value());
                parameters.add(new ProcedureCall.Parameter(
                        argument.name(), argument.output(), false, value.type().toTypeInfo(), value.value()));
            }
        }
        ProcedureArguments arguments = new ProcedureArguments(parameters);
        Ended ended = run(execute.procedure().toString(), arguments);
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).output()
                    && execute.arguments().get(i).value() instanceof Expression.Variable variable) {
                Object value = arguments.output(i);
                frame.assign(variable.name(), value, value == null ? SqlType.INT : Conversion.typeOf(value));
            }
        }
        if (execute.returnVariable() != null) {
            frame.assign(execute.returnVariable(), ended.status, SqlType.INT);
        }
        return ended.outcome;
    }

    /** A call that came as an RPC request; sends its status and output parameters. */
    void call(ProcedureCall call) {
        ProcedureArguments arguments = new ProcedureArguments(call.parameters());
        Ended ended;
        try {
            ended = run(call.name(), arguments);
        } catch (SqlServerException e) {
            fail(e);
            return;
        } catch (SQLException e) {
            fail(core.map(e, "EXECUTE", ""));
            return;
        }
        if (ended.outcome == Interpreter.Outcome.ABORT) {
            return;
        }
        sink.returnStatus(ended.status);
        for (int i = 0; i < call.parameters().size(); i++) {
            ProcedureCall.Parameter parameter = call.parameters().get(i);
            if (parameter.output()) {
                sink.returnValue(i, parameter.name(), parameter.type(), arguments.output(i));
            }
        }
    }

    private void fail(SqlServerException error) {
        core.error = error.number();
        sink.message(new ServerMessage(
                true, error.number(), error.state(), error.severity(), error.getMessage(), "", "", 1));
        sink.statementFailed(0);
    }

    private Ended run(String name, ProcedureArguments arguments) throws SqlServerException, SQLException {
        String last = name.substring(name.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replace("[", "")
                .replace("]", "");
        switch (last) {
            case "sp_executesql" -> {
                PreparedHandles.Prepared prepared = prepare(arguments.text("@stmt", 0), arguments.text("@params", 1));
                return runPrepared(prepared, arguments, 2);
            }
            case "sp_prepare" -> {
                PreparedHandles.Prepared prepared = prepare(arguments.text("@stmt", 2), arguments.text("@params", 1));
                arguments.setOutput(0, core.handles.add(prepared));
                return Ended.WELL;
            }
            case "sp_prepexec" -> {
                PreparedHandles.Prepared prepared = prepare(arguments.text("@stmt", 2), arguments.text("@params", 1));
                arguments.setOutput(0, core.handles.add(prepared));
                return runPrepared(prepared, arguments, 3);
            }
            case "sp_execute" -> {
                return runPrepared(core.handles.get(arguments.number("@handle", 0, 0)), arguments, 1);
            }
            case "sp_unprepare" -> {
                core.handles.remove(arguments.number("@handle", 0, 0));
                return Ended.WELL;
            }
            case "sp_reset_connection" -> {
                core.reset(false);
                return Ended.WELL;
            }
            case "sp_getapplock" -> {
                return new Ended(Interpreter.Outcome.NEXT, AppLockProcedures.get(core, arguments, sink));
            }
            case "sp_releaseapplock" -> {
                return new Ended(Interpreter.Outcome.NEXT, AppLockProcedures.release(core, arguments, sink));
            }
            case "sp_rename" -> {
                return new Ended(Interpreter.Outcome.NEXT, new RenameProcedure(core, sink).run(arguments));
            }
            case "sp_cursoropen",
                    "sp_cursorfetch",
                    "sp_cursorclose",
                    "sp_cursoroption",
                    "sp_cursorprepexec",
                    "sp_cursorexecute",
                    "sp_cursorunprepare",
                    "sp_cursorprepare",
                    "sp_cursor" -> {
                return new Ended(Interpreter.Outcome.NEXT, new CursorProcedures(core, sink).run(last, arguments));
            }
            default -> {
                Optional<SystemProcedure> procedure = core.backend.procedures().find(last);
                if (procedure.isEmpty()) {
                    throw KnownError.UNKNOWN_PROCEDURE.exception(name);
                }
                return new Ended(Interpreter.Outcome.NEXT, procedure.get().execute(context(), arguments, sink));
            }
        }
    }

    private ProcedureContext context() {
        return new ProcedureContext() {
            @Override
            public Connection connection() {
                return core.connection;
            }

            @Override
            public String database() {
                return core.database.name();
            }

            @Override
            public List<String> databases() {
                return core.backend.databaseNames();
            }

            @Override
            public SessionOptions options() {
                return core.options;
            }

            @Override
            public List<Column> firstResult(String tsql, String declared) throws SqlServerException {
                Frame frame = declared(declared);
                List<Statement> batch = parse(tsql);
                for (Statement statement : batch) {
                    frame.declareAll(statement);
                }
                return ResultStream.metadata(new ResultDescription(frame).first(batch));
            }

            @Override
            public List<DescribedParameter> undeclared(String tsql, String declared) throws SqlServerException {
                return new ParameterDescription(declared(declared)).describe(tsql, core.settings.quotedIdentifiers);
            }
        };
    }

    /** @param parameters as {@code sp_executesql} takes them; null if there are none */
    private Frame declared(String parameters) throws SqlServerException {
        Frame frame = new Frame(core);
        for (Statement.Declaration declaration : prepare("", parameters).parameters()) {
            frame.declare(declaration.name(), declaration.type());
        }
        return frame;
    }

    private List<Statement> parse(String sql) throws SqlServerException {
        try {
            return BatchParser.parse(sql, core.settings.quotedIdentifiers);
        } catch (BatchSyntaxException e) {
            throw e.error();
        }
    }

    PreparedHandles.Prepared prepare(String sql, String parameters) throws SqlServerException {
        if (sql == null) {
            throw KnownError.PARAMETER_TYPE.exception("@statement", "ntext/nchar/nvarchar");
        }
        try {
            return new PreparedHandles.Prepared(
                    parameters == null ? List.of() : BatchParser.parseParameters(parameters), parse(sql));
        } catch (BatchSyntaxException e) {
            throw e.error();
        }
    }

    /** @param first index of the argument that stands for the first parameter */
    Frame frame(PreparedHandles.Prepared prepared, ProcedureArguments arguments, int first) throws SqlServerException {
        Frame frame = new Frame(core);
        for (int i = 0; i < prepared.parameters().size(); i++) {
            Statement.Declaration declaration = prepared.parameters().get(i);
            frame.declare(declaration.name(), declaration.type());
            Optional<ProcedureCall.Parameter> given = arguments.find(declaration.name(), first + i);
            if (given.isEmpty() && declaration.initial() == null) {
                throw KnownError.QUERY_PARAMETER_MISSING.exception(declaration.name());
            }
            if (given.isPresent() && given.get().value() != null) {
                frame.assign(declaration.name(), given.get().value(), type(given.get()));
            }
        }
        return frame;
    }

    private static SqlType type(ProcedureCall.Parameter parameter) throws SqlServerException {
        try {
            return SqlType.of(parameter.type());
        } catch (IllegalArgumentException e) {
            throw KnownError.UNSUPPORTED.with("Parameter '" + parameter.name() + "': " + e.getMessage()).asServerException(e);
        }
    }

    private Ended runPrepared(PreparedHandles.Prepared prepared, ProcedureArguments arguments, int first)
            throws SqlServerException {
        Frame frame = frame(prepared, arguments, first);
        boolean formatOnly = core.settings.formatOnly;
        Interpreter interpreter = new Interpreter(core, frame, sink);
        Interpreter.Outcome outcome;
        try {
            outcome = interpreter.runBatch(prepared.statements());
        } finally {
            core.settings.formatOnly = formatOnly;
            TableVariables.drop(core, frame);
        }
        for (int i = first; i < arguments.all().size(); i++) {
            ProcedureCall.Parameter parameter = arguments.all().get(i);
            if (parameter.output()) {
                String name = parameter.name().isEmpty()
                                && i - first < prepared.parameters().size()
                        ? prepared.parameters().get(i - first).name()
                        : parameter.name();
                TypedValue value = frame.variable(name).orElse(null);
                if (value != null) {
                    SqlType target = type(parameter);
                    arguments.setOutput(
                            i,
                            value.value() == null ? null : Conversion.convert(value.value(), value.type(), target, 0));
                }
            }
        }
        return new Ended(outcome == Interpreter.Outcome.ABORT ? outcome : Interpreter.Outcome.NEXT, core.error);
    }

    /** EXEC of a string. */
    Interpreter.Outcome executeText(String sql) throws SqlServerException {
        Frame frame = new Frame(core);
        try {
            Interpreter.Outcome outcome = new Interpreter(core, frame, sink).runBatch(parse(sql));
            return outcome == Interpreter.Outcome.ABORT ? outcome : Interpreter.Outcome.NEXT;
        } finally {
            TableVariables.drop(core, frame);
        }
    }
}
