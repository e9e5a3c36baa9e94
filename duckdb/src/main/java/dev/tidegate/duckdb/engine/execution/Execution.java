package dev.tidegate.duckdb.engine.execution;

import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.function.EngineFunctions;
import dev.tidegate.duckdb.engine.read.Explanations;
import dev.tidegate.duckdb.engine.read.FilterPushDown;
import dev.tidegate.duckdb.engine.read.WholeQueries;
import dev.tidegate.duckdb.engine.scan.AnswerTypes;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.statement.OnDuckdb;
import dev.tidegate.duckdb.engine.statement.Parameters;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.write.Returning;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the statements of one JDBC statement are run, and what of the engine's they hold. Used by one thread at a time. */
public final class Execution {
    /** What a write of the engine's own gives in place of it. */
    public interface OnWrite<T> {
        /** @throws SQLException if a write is not what was asked for */
        void check() throws SQLException;

        /** @param counts of rows, one for each time that it ran */
        T changed(long[] counts);
    }

    /** DuckDB explains them, because no row has to be there before. */
    private static final List<String> DEFINITIONS = List.of("CREATE", "DROP", "ALTER", "TRUNCATE");

    private final EngineSession session;
    private final Translator translator;
    private Duration limit = Duration.ZERO;
    private Translated prepared;
    private SqlStatement preparedStatement;
    private List<ScanFunction> borrowed = List.of();
    private Reason reason;

    public Execution(EngineSession session, Translator translator) {
        this.session = session;
        this.translator = translator;
    }

    /** @param newLimit of each execution; zero: none */
    public void limit(Duration newLimit) {
        limit = newLimit;
    }

    /** Runs a text; what {@code last} gives for its last statement is what the whole gives. */
    public <T> T run(String sql, OnDuckdb<T> last, OnWrite<T> written) throws Throwable {
        session.running().lock();
        try {
            session.begin(limit, this);
            close();
            List<SqlStatement> statements = SqlStatement.split(sql);
            if (statements.isEmpty()) {
                return last.run(sql);
            }
            before(statements);
            Run run = session.run();
            SqlStatement statement = statements.get(statements.size() - 1);
            Translated translated = translator.translate(statement);
            borrowed = translated.functions();
            Translated pushed = pushed(statement, translated);
            if (pushed != translated) {
                borrowed = pushed.functions();
                try {
                    return once(pushed, last, run);
                } catch (SQLException e) {
                    // DuckDB can do it alone.
                    run = again(e, run);
                }
            }
            return translated.write() == null
                    ? triedAgain(statement, translated, last, run)
                    : written(translated, List.of(Binding.NONE), written, run);
        } catch (SQLException e) {
            throw told(e);
        } finally {
            session.running().unlock();
        }
    }

    /** A cancel may also have met what was asked of a server before the statement itself ran. */
    private SQLException told(SQLException e) {
        return new Reason(session, session.run(), Map.of()).of(e);
    }

    /** What of the statement is not DuckDB's to run is taken out of it. */
    private Translated pushed(SqlStatement statement, Translated translated) throws SQLException {
        if (translated.before() != null || translated.write() != null) {
            return translated;
        }
        Optional<String> explanation = changeExplained(statement);
        boolean asItIs = translated.sql().equals(statement.text());
        if (explanation.isEmpty() && asItIs) {
            explanation = new Explanations(session).answer(statement);
        }
        if (explanation.isPresent()) {
            return Translated.asItIs(explanation.get(), translated.undescribed());
        }
        if (!asItIs) {
            return translated;
        }
        return new WholeQueries(session)
                .push(statement)
                .map(whole -> new Translated(
                        whole.sql(), null, null, null, List.of(whole.function()), translated.undescribed()))
                .orElse(translated);
    }

    private Optional<String> changeExplained(SqlStatement statement) throws SQLException {
        Optional<SqlStatement> explained = Explanations.explained(statement);
        Optional<Translated> change = explained.isEmpty() ? Optional.empty() : translator.write(explained.get());
        if (change.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (Explanations.runs(statement)) {
                throw new SQLFeatureNotSupportedException(
                        "EXPLAIN ANALYZE runs what it explains, which is not supported for a statement that changes an"
                                + " attached database; EXPLAIN shows what would be sent",
                        "0A000");
            }
            Optional<PushDown> request = change.get().before() instanceof Returning returning
                    ? returning.request()
                    : change.get().write().request();
            return request.isEmpty() && DEFINITIONS.stream().anyMatch(explained.get()::begins)
                    ? Optional.empty()
                    : Optional.of(Explanations.ofChange(request));
        } finally {
            session.giveBack(change.get().functions());
        }
    }

    /** As DuckDB does: all but the last of several statements run at once. */
    public PreparedStatement prepare(String sql, OnDuckdb<PreparedStatement> last) throws Throwable {
        session.running().lock();
        try {
            session.begin(Duration.ZERO, this);
            List<SqlStatement> statements = SqlStatement.split(sql);
            if (statements.isEmpty()) {
                return last.run(sql);
            }
            preparedStatement = statements.get(statements.size() - 1);
            EngineFunctions.refuseExecute(preparedStatement);
            before(statements);
            Run run = session.run();
            prepared = translator.translate(preparedStatement);
            borrowed = prepared.functions();
            if (prepared.before() instanceof Returning returning) {
                returning.shape();
            }
            return once(prepared, last, run);
        } catch (SQLException e) {
            throw told(e);
        } finally {
            session.running().unlock();
        }
    }

    /**
     * Looks up what a text of a batch needs; DuckDB keeps the text itself.
     *
     * @throws SQLFeatureNotSupportedException if there is anything in it that is the engine's to do
     */
    public void checkBatched(String sql) throws SQLException {
        session.running().lock();
        try {
            session.begin(limit, this);
            for (SqlStatement statement : SqlStatement.split(sql)) {
                EngineFunctions.refuseExecute(statement);
                Translated translated = translator.translate(statement);
                if (!translated.sql().equals(statement.text())
                        || translated.after() != null
                        || translated.write() != null) {
                    session.giveBack(translated.functions());
                    throw new SQLFeatureNotSupportedException(
                            "a batch takes DuckDB's statements only; execute this one by itself", "0A000");
                }
            }
        } finally {
            session.running().unlock();
        }
    }

    /** Whether what was prepared is a write of the engine's own. */
    public boolean isWrite() {
        return prepared != null && prepared.write() != null;
    }

    /** Runs a prepared write of the engine's own, once for each entry. */
    public <T> T runWrite(List<? extends Binding> entries, OnWrite<T> written) throws Throwable {
        session.running().lock();
        try {
            return written(prepared, entries, written, session.begin(limit, this));
        } finally {
            session.running().unlock();
        }
    }

    private <T> T written(Translated translated, List<? extends Binding> entries, OnWrite<T> written, Run run)
            throws SQLException {
        written.check();
        try {
            return written.changed(
                    entries.size() == 1
                            ? new long[] {translated.write().run(entries.get(0))}
                            : translated.write().runAll(entries));
        } catch (SQLException e) {
            throw new Reason(session, run, translated.undescribed()).of(e);
        }
    }

    /** @param parameters that DuckDB has been given, too */
    public <T> T runPrepared(Parameters parameters, OnDuckdb<T> execution) throws Throwable {
        return runPrepared(preparedStatement, parameters, execution);
    }

    /** Runs what was prepared for several sets of parameters, or the texts that were added: what one of them needs is not all. */
    public <T> T runBatch(OnDuckdb<T> execution) throws Throwable {
        if (prepared != null && prepared.before() instanceof Returning) {
            throw new SQLFeatureNotSupportedException(
                    "a batch of RETURNING is not supported; execute one after the other", "0A000");
        }
        return runPrepared(null, new Parameters(), execution);
    }

    private <T> T runPrepared(SqlStatement statement, Parameters parameters, OnDuckdb<T> execution) throws Throwable {
        session.running().lock();
        try {
            Run run = session.begin(limit, this);
            if (prepared == null) {
                session.remote().checkNotAborted();
                return execution.run(null);
            }
            return tried(statement, prepared, parameters, execution, run);
        } finally {
            session.running().unlock();
        }
    }

    private void before(List<SqlStatement> statements) throws Throwable {
        for (SqlStatement statement : statements.subList(0, statements.size() - 1)) {
            Translated translated = translator.translate(statement);
            try {
                if (translated.write() != null) {
                    translated.write().run(Binding.NONE);
                } else {
                    triedAgain(
                            statement,
                            translated,
                            sql -> {
                                session.execute(sql);
                                return null;
                            },
                            session.run());
                }
            } finally {
                session.giveBack(translated.functions());
            }
        }
    }

    /** As {@link #tried}, and without push-down if a server refuses what that has made. */
    private <T> T triedAgain(SqlStatement statement, Translated translated, OnDuckdb<T> onDuckdb, Run run)
            throws Throwable {
        try {
            return tried(statement, translated, new Parameters(), onDuckdb, run);
        } catch (SQLException e) {
            return tried(null, translated, new Parameters(), onDuckdb, again(e, run));
        }
    }

    /**
     * For another attempt without push-down. DuckDB has undone what the first one did, and nobody has seen a row of it.
     *
     * @param failed what is left of its time is the other's
     * @throws SQLException the failure, if push-down is not to blame, or if it has ended a transaction
     */
    private Run again(SQLException failure, Run failed) throws SQLException {
        boolean isRefused = failed.isPushDownRefused() || failure instanceof AnswerTypes.UnexpectedAnswerException;
        if (!isRefused || failed.isCancelled() || session.remote().inTransaction()) {
            throw failure;
        }
        System.getLogger(Execution.class.getName())
                .log(Level.DEBUG, "runs without push-down, which the server has refused: {0}", failure.getMessage());
        Run next = session.begin(failed.remaining(), this);
        // A cancel that has just come was for both.
        failed.checkCancelled();
        return next;
    }

    /** @param statement null: its scans read all rows */
    private <T> T tried(
            SqlStatement statement, Translated translated, Parameters parameters, OnDuckdb<T> onDuckdb, Run run)
            throws Throwable {
        if (!translated.isForAborted()) {
            session.remote().checkNotAborted();
        }
        if (translated.before() != null) {
            translated.before().run(parameters);
        }
        session.parallelScans().begin(statement);
        T result = once(
                translated,
                sql -> statement != null && translated.before() == null
                        ? new FilterPushDown(session).run(statement, sql, parameters, onDuckdb)
                        : onDuckdb.run(sql),
                run);
        if (translated.after() != null) {
            translated.after().run();
        }
        return result;
    }

    private <T> T once(Translated translated, OnDuckdb<T> onDuckdb, Run run) throws Throwable {
        try {
            reason = new Reason(session, run, translated.undescribed());
            return onDuckdb.run(translated.sql());
        } catch (SQLException e) {
            throw reason.of(e);
        }
    }

    /** Of what ran last: of what is still to be read of its result as well. */
    public Reason reason() {
        return reason;
    }

    /** Gives back what it holds. Idempotent. */
    public void close() throws SQLException {
        List<ScanFunction> held = borrowed;
        borrowed = List.of();
        session.giveBack(held);
    }
}
