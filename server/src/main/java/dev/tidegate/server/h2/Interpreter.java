package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.ErrorEffect;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.message.DbException;

/** Runs the statements of a batch one after another, and decides after an error whether the batch goes on. Used by one thread. */
final class Interpreter {
    /** How a statement ended. */
    enum Outcome {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN,
        /** The whole batch ends, also what called this part of it. */
        ABORT
    }

    /**
     * Errors that SQL Server finds when it compiles a statement again because its names meant nothing before: TRY does not catch them in
     * its own batch, but around one that EXECUTE runs.
     */
    private static final Set<Integer> NAMES = Set.of(207, 208, 209, 4104);

    private final SessionCore core;
    private final Frame frame;
    private final ResponseSink sink;
    private final QueryRunner queries;
    private final DmlRunner dml;
    private final DdlRunner ddl;
    private final SettingsRunner settings;
    private final MessageRunner messages;
    private int returnStatus;
    /** How many TRY blocks of this batch are around what runs. */
    private int attempts;
    /** The batch is one statement: what is wrong with its names would have been found before it ran. */
    private boolean alone;

    Interpreter(SessionCore core, Frame frame, ResponseSink sink) {
        this.core = core;
        this.frame = frame;
        this.sink = sink;
        this.queries = new QueryRunner(core, frame, sink);
        this.dml = new DmlRunner(core, frame, sink);
        this.ddl = new DdlRunner(core, frame);
        this.settings = new SettingsRunner(core, sink);
        this.messages = new MessageRunner(queries, frame, sink);
    }

    /** What RETURN said; 0 if nothing. */
    int returnStatus() {
        return returnStatus;
    }

    /** Runs a whole batch, unless something in it is found to be wrong before. */
    Outcome runBatch(List<Statement> statements) {
        Optional<BatchCheck.Finding> wrong = BatchCheck.of(statements, frame);
        core.claims.endStatement();
        alone = statements.size() == 1 && BatchCheck.parts(statements.getFirst()).isEmpty();
        if (wrong.isPresent()) {
            failed(wrong.get().error(), wrong.get().statement(), true);
            return Outcome.ABORT;
        }
        for (Statement statement : statements) {
            try {
                frame.declareAll(statement);
            } catch (SqlServerException e) {
                failed(e, statement, true);
                return Outcome.ABORT;
            }
        }
        return run(statements);
    }

    Outcome run(List<Statement> statements) {
        for (Statement statement : statements) {
            core.cancellation.check();
            Outcome outcome = guarded(statement);
            if (outcome != Outcome.NEXT) {
                return outcome;
            }
        }
        return Outcome.NEXT;
    }

    /** An error inside TRY, on its way to CATCH: out of what a procedure or a text runs, too. */
    private static final class Caught extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Frame.CaughtError error;
        /** Whose TRY blocks it passes by; null if the innermost catches it. */
        private final transient Interpreter passed;

        Caught(Frame.CaughtError error, Interpreter passed) {
            super(error.error().getMessage(), error.error(), false, false);
            this.error = error;
            this.passed = passed;
        }
    }

    private Outcome guarded(Statement statement) {
        try {
            core.newStatement();
            Outcome outcome = run(statement);
            if (!isControl(statement)) {
                core.error = 0;
            }
            return outcome;
        } catch (SqlServerException e) {
            return failed(e, statement);
        } catch (SQLException e) {
            return failed(core.map(e, name(statement), object(statement)), statement);
        } catch (DbException e) {
            return failed(core.map(e.getSQLException(), name(statement), ""), statement);
        } catch (ValueOutOfRangeException e) {
            return failed(
                    KnownError.OVERFLOW_CONVERTING.with("expression", "of the result: " + e.getMessage()).asServerException(e),
                    statement);
        }
    }

    private static boolean isControl(Statement statement) {
        return statement instanceof Statement.If
                || statement instanceof Statement.Block
                || statement instanceof Statement.While
                || statement instanceof Statement.TryCatch
                || statement instanceof Statement.RaisError;
    }

    private static String name(Statement statement) {
        return statement.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    }

    /** The table that messages name. */
    private static String object(Statement statement) {
        if (statement instanceof Statement.AlterTable alter) {
            String schema = alter.table().schema();
            return (schema.isEmpty() ? "dbo" : schema) + "." + alter.table().name();
        }
        return "";
    }

    private Outcome failed(SqlServerException error, Statement statement) {
        return failed(error, statement, alone && BatchCheck.isCompilation(error));
    }

    /** @param compiling the error is one of compilation: nothing of the batch has run, and XACT_ABORT does not count */
    private Outcome failed(SqlServerException error, Statement statement, boolean compiling) {
        core.cancellation.check();
        core.error = error.number();
        core.rowCount = 0;
        boolean thrown = statement instanceof Statement.Throw;
        boolean raised = statement instanceof Statement.RaisError;
        ErrorEffect effect = thrown
                ? ErrorEffect.BATCH
                : raised ? ErrorEffect.STATEMENT : ErrorEffect.of(error.number(), error.severity());
        if (core.settings.abortOnError && !raised && !compiling && effect != ErrorEffect.CONNECTION) {
            effect = ErrorEffect.TRANSACTION;
        }
        int line = isRethrow(statement) ? frame.caught().line() : statement.line();
        boolean passing = NAMES.contains(error.number()) && !thrown && !raised;
        if (core.attempts > (passing ? attempts : 0)
                && effect != ErrorEffect.CONNECTION
                && error.severity() < 20) {
            if (effect == ErrorEffect.TRANSACTION) {
                core.transactions.doom();
            }
            throw new Caught(new Frame.CaughtError(error, line), passing ? this : null);
        }
        sink.message(new ServerMessage(
                true, error.number(), error.state(), error.severity(), error.getMessage(), "", "", line));
        if (effect == ErrorEffect.TRANSACTION && core.transactions.isOpen()) {
            try {
                core.transactions.rollback("", sink);
            } catch (SqlServerException | SQLException e) {
                error.addSuppressed(e);
            }
        }
        sink.statementFailed(command(statement));
        return effect == ErrorEffect.STATEMENT ? Outcome.NEXT : Outcome.ABORT;
    }

    private boolean isRethrow(Statement statement) {
        return statement instanceof Statement.Throw thrown && thrown.number() == null && frame.caught() != null;
    }

    private static int command(Statement statement) {
        return switch (statement) {
            case Statement.Select s -> Done.COMMAND_SELECT;
            case Statement.Insert i -> Done.COMMAND_INSERT;
            case Statement.Update u -> Done.COMMAND_UPDATE;
            case Statement.Delete d -> Done.COMMAND_DELETE;
            case Statement.Merge m -> Done.COMMAND_MERGE;
            default -> 0;
        };
    }

    private Outcome run(Statement statement) throws SqlServerException, SQLException {
        if (core.settings.formatOnly
                && !(statement instanceof Statement.Select)
                && !(statement instanceof Statement.SetOption)
                && !(statement instanceof Statement.Execute)) {
            return Outcome.NEXT;
        }
        if (core.settings.implicitTransactions
                && !core.transactions.isOpen()
                && ImplicitTransactions.begins(statement)) {
            core.transactions.begin("", sink);
        }
        if (ImplicitTransactions.writes(statement)) {
            core.transactions.checkWritable();
        }
        switch (statement) {
            case Statement.Select select -> queries.select(select.query());
            case Statement.Insert insert -> dml.insert(insert);
            case Statement.Update update -> dml.update(update);
            case Statement.Delete delete -> dml.delete(delete);
            case Statement.Merge merge -> dml.merge(merge);
            case Statement.If choice -> {
                if (queries.isTrue(choice.condition())) {
                    return guarded(choice.then());
                }
                return choice.otherwise() == null ? Outcome.NEXT : guarded(choice.otherwise());
            }
            case Statement.Block block -> {
                return run(block.statements());
            }
            case Statement.While loop -> {
                return loop(loop);
            }
            case Statement.Break b -> {
                return Outcome.BREAK;
            }
            case Statement.Continue c -> {
                return Outcome.CONTINUE;
            }
            case Statement.TryCatch attempt -> {
                return attempt(attempt);
            }
            case Statement.Return end -> {
                if (end.value() != null) {
                    TypedValue value = queries.value(end.value());
                    Object status = Conversion.convert(value.value(), value.type(), SqlType.INT, 0);
                    returnStatus = status == null ? 0 : (Integer) status;
                }
                return Outcome.RETURN;
            }
            case Statement.Declare declare -> {
                for (Statement.Declaration declaration : declare.variables()) {
                    if (declaration.initial() != null) {
                        TypedValue value = queries.value(declaration.initial());
                        frame.assign(declaration.name(), value.value(), value.type());
                    }
                }
            }
            case Statement.SetVariable set -> {
                TypedValue value = queries.value(
                        set.operator().equals("=")
                                ? set.value()
                                : new Expression.Binary(
                                        set.operator().substring(0, 1),
                                        new Expression.Variable(set.name()),
                                        set.value()));
                frame.assign(set.name(), value.value(), value.type());
            }
            case Statement.Print print -> messages.print(print);
            case Statement.RaisError raise -> messages.raise(raise);
            case Statement.Throw raise -> messages.raise(raise);
            case Statement.Execute execute -> {
                return new ProcedureRunner(core, sink).execute(execute, frame, queries);
            }
            case Statement.ExecuteText execute -> {
                TypedValue value = queries.value(execute.text());
                String text =
                        (String) Conversion.convert(value.value(), value.type(), SqlType.nvarchar(SqlType.MAX), 0);
                return text == null ? Outcome.NEXT : new ProcedureRunner(core, sink).executeText(text);
            }
            case Statement.WaitFor wait -> {
                TypedValue delay = queries.value(wait.delay());
                LocalTime time = (LocalTime) Conversion.convert(delay.value(), delay.type(), SqlType.time(3), 0);
                core.cancellation.sleep(time == null ? 0 : time.toNanoOfDay() / 1_000_000);
            }
            case Statement.BeginTransaction begin -> core.transactions.begin(begin.name(), sink);
            case Statement.Commit commit -> core.transactions.commit(sink);
            case Statement.Rollback rollback -> core.transactions.rollback(name(rollback.name()), sink);
            case Statement.Save save -> core.transactions.save(name(save.name()));
            case Statement.Kill kill -> new KillRunner(core, sink).run(kill);
            case Statement.InsertBulk bulk -> core.announced = bulk;
            case Statement.Use use -> core.use(use.database(), sink);
            case Statement.SetOption option -> settings.set(option);
            case Statement.SetIdentityInsert set -> settings.identityInsert(set);
            case Statement.Nothing n -> {
                return Outcome.NEXT;
            }
            case Statement.DeclareTable declare -> ddl.declareTable(declare);
            case Statement.CreateTable create -> {
                ddl.createTable(create);
                sink.statementDone(0, -1);
            }
            case Statement.CreateIndex create -> ddl.createIndex(create);
            case Statement.CreateView create -> ddl.createView(create);
            case Statement.CreateSchema create -> ddl.createSchema(create);
            case Statement.CreateSequence create -> ddl.createSequence(create);
            case Statement.Drop drop -> ddl.drop(drop);
            case Statement.Truncate truncate -> ddl.truncate(truncate);
            case Statement.AlterTable alter -> new AlterTableRunner(core, frame).alter(alter);
        }
        return Outcome.NEXT;
    }

    /** A name that may stand in a variable. */
    private String name(String text) {
        return text.startsWith("@")
                ? frame.variable(text).map(v -> String.valueOf(v.value())).orElse(text)
                : text;
    }

    private Outcome loop(Statement.While loop) throws SqlServerException, SQLException {
        while (queries.isTrue(loop.condition())) {
            core.cancellation.check();
            Outcome outcome = guarded(loop.body());
            if (outcome == Outcome.BREAK) {
                break;
            }
            if (outcome == Outcome.RETURN || outcome == Outcome.ABORT) {
                return outcome;
            }
        }
        return Outcome.NEXT;
    }

    private Outcome attempt(Statement.TryCatch attempt) {
        Frame.CaughtError before = frame.caught();
        int around = core.attempts++;
        attempts++;
        Caught caught;
        try {
            return run(attempt.attempt().statements());
        } catch (Caught e) {
            if (e.passed == this) {
                throw e;
            }
            caught = e;
        } finally {
            core.attempts = around;
            attempts--;
        }
        frame.caught(caught.error);
        try {
            return run(attempt.handler().statements());
        } finally {
            frame.caught(before);
        }
    }
}
