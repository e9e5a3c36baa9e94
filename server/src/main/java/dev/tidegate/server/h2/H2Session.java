package dev.tidegate.server.h2;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.h2.error.FailedStatement;
import dev.tidegate.server.h2.error.H2Errors;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.parse.BatchParser;
import dev.tidegate.server.tsql.parse.BatchSyntaxException;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** One client's session on H2. */
final class H2Session implements BackendSession {
    private static final System.Logger LOG = System.getLogger(H2Session.class.getName());
    /** How long a close waits for a call that does not heed its cancel. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);

    private final H2Backend backend;
    private final SessionCore core;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Null until the login is answered. */
    private volatile Runnable cut;

    private volatile boolean killed;
    /** Held while a call runs: whoever holds it last after a close ends the connection. */
    private final ReentrantLock running = new ReentrantLock();

    H2Session(H2Backend backend, H2Database database, SessionOptions options) throws SqlServerException {
        this.backend = backend;
        try {
            this.core = new SessionCore(backend, database, options);
        } catch (SQLException e) {
            throw H2Errors.map(e, FailedStatement.of(null, database.name(), "USE", "", 0))
                    .asServerException(e);
        }
    }

    /** What a call does. */
    @FunctionalInterface
    private interface Work {
        void run() throws SqlServerException, SQLException;
    }

    /**
     * Runs a call so that it can be cancelled.
     *
     * @return whether it ran to its end; false if it was cancelled
     */
    private boolean call(Work work) throws SqlServerException {
        running.lock();
        try {
            core.cancellation.begin();
            if (closed.get()) {
                throw KnownError.SESSION_CLOSED.exception();
            }
            core.attempts = 0;
            core.newStatement();
            work.run();
            return true;
        } catch (Cancellation.CancelledException e) {
            LOG.log(System.Logger.Level.TRACE, "cancelled", e);
            return false;
        } catch (SQLException e) {
            throw core.map(e, "", "");
        } catch (StackOverflowError e) {
            throw KnownError.NESTED_TOO_DEEPLY.with().asServerException(e);
        } finally {
            core.claims.endStatement();
            core.cancellation.end();
            if (closed.get()) {
                release();
            }
            running.unlock();
        }
    }

    /** Runs a call that has a response of its own. */
    private void respond(ResponseSink sink, Work work) throws SqlServerException {
        boolean ended = call(() -> {
            try {
                work.run();
            } catch (Cancellation.CancelledException e) {
                if (core.settings.abortOnError && core.transactions.isOpen()) {
                    core.transactions.rollback("", sink);
                }
                throw e;
            } finally {
                endDoomed(sink);
            }
        });
        if (ended) {
            sink.done();
        } else {
            sink.cancelled();
        }
    }

    /** A doomed transaction does not outlive the request in which it was doomed. */
    private void endDoomed(ResponseSink sink) throws SqlServerException, SQLException {
        if (core.transactions.isDoomed()) {
            SqlServerException error =
                    KnownError.DOOMED_AT_BATCH_END.exception();
            core.error = error.number();
            sink.message(new ServerMessage(
                    true, error.number(), error.state(), error.severity(), error.getMessage(), "", "", 1));
            core.transactions.rollback("", sink);
            sink.statementFailed(0);
        }
    }

    @Override
    public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
        respond(sink, () -> batch(sql, sink));
    }

    private void batch(String sql, ResponseSink sink) {
        core.announced = null;
        List<Statement> statements;
        try {
            statements = BatchParser.parse(sql, core.settings.quotedIdentifiers);
        } catch (BatchSyntaxException e) {
            SqlServerException error = e.error();
            core.error = error.number();
            sink.message(new ServerMessage(
                    true, error.number(), error.state(), error.severity(), error.getMessage(), "", "", e.line()));
            sink.statementFailed(0);
            return;
        }
        Frame frame = new Frame(core);
        try {
            new Interpreter(core, frame, sink).runBatch(statements);
        } finally {
            TableVariables.drop(core, frame);
        }
    }

    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException {
        respond(sink, () -> new ProcedureRunner(core, sink).call(call));
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
        Statement.InsertBulk announced = core.announced;
        core.announced = null;
        if (announced == null) {
            throw KnownError.BULK_DATA_MISSING.exception();
        }
        LoadCalls load = new LoadCalls();
        call(() -> load.target = load(announced, columns));
        return load;
    }

    private BulkLoad load(Statement.InsertBulk announced, List<Column> columns)
            throws SqlServerException, SQLException {
        try {
            return new BulkLoad(core, announced, columns);
        } catch (SQLException e) {
            loadFailed();
            throw core.map(e, "INSERT", announced.table().toString());
        } catch (SqlServerException e) {
            loadFailed();
            throw e;
        }
    }

    /** Nothing of the load is left. With XACT_ABORT nothing is of its transaction either, of which the front tells the client. */
    private void loadFailed() {
        if (core.settings.abortOnError) {
            try {
                core.transactions.discard();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "rollback after a bulk load", e);
            }
        }
    }

    /** A load whose every step is a call of the session. One that was cancelled takes the rest of its rows and forgets them. */
    private final class LoadCalls implements BulkTarget {
        private BulkLoad target;
        private long stored;

        @Override
        public void add(Object[] values) throws SqlServerException {
            if (target != null && !call(() -> target.add(values))) {
                close();
            }
        }

        @Override
        public ColumnSink[] sinks() {
            return target == null ? null : target.sinks();
        }

        /** Only rows that are stored are a call. */
        @Override
        public void addRow() throws SqlServerException {
            if (target != null && target.take() && !call(target::store)) {
                close();
            }
        }

        @Override
        public long finish() throws SqlServerException {
            if (target != null) {
                if (call(() -> stored = target.finish())) {
                    target = null;
                } else {
                    close();
                }
            }
            return stored;
        }

        @Override
        public void close() {
            running.lock();
            try {
                if (target != null) {
                    target.close();
                    target = null;
                    loadFailed();
                }
            } finally {
                running.unlock();
            }
        }
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) throws SqlServerException {
        respond(sink, () -> {
            if (isolation != IsolationLevel.CURRENT) {
                core.settings.isolation = isolation;
                core.transactions.isolate(isolation);
            }
            core.transactions.begin(name, sink);
        });
    }

    @Override
    public void commit(ResponseSink sink) throws SqlServerException {
        respond(sink, () -> core.transactions.commit(sink));
    }

    @Override
    public void rollback(String name, ResponseSink sink) throws SqlServerException {
        respond(sink, () -> core.transactions.rollback(name, sink));
    }

    @Override
    public void save(String name, ResponseSink sink) throws SqlServerException {
        respond(sink, () -> core.transactions.save(name));
    }

    @Override
    public long transactionDescriptor() {
        return core.transactions.descriptor();
    }

    @Override
    public void reset(boolean keepTransaction) throws SqlServerException {
        call(() -> core.reset(keepTransaction));
    }

    @Override
    public RecoverableState recoverableState() {
        return core.recoverableState();
    }

    @Override
    public void recover(String database, String language, Map<Integer, byte[]> states) throws SqlServerException {
        call(() -> core.recover(database, language, states));
    }

    @Override
    public int preparedStatements() {
        return core.handles.size();
    }

    @Override
    public void cancel() {
        core.cancellation.cancel();
    }

    int id() {
        return core.options.sessionId();
    }

    @Override
    public void cutBy(Runnable cut) {
        this.cut = cut;
    }

    /** Ends the session from another one, without waiting for it. Any thread. @return false if it is not there, or not any more */
    boolean kill() {
        Runnable how = cut;
        if (how == null || closed.get()) {
            return false;
        }
        killed = true;
        how.run();
        return true;
    }

    boolean isKilled() {
        return killed;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!killed) {
            backend.forget(this);
        }
        try {
            if (awaitCall()) {
                try {
                    release();
                } finally {
                    running.unlock();
                }
            }
        } finally {
            // Until now others could ask how far the KILL has come.
            backend.forget(this);
        }
    }

    /**
     * Cancels the call that runs, over and over because a cancel hits nothing while H2 prepares a statement.
     *
     * @return whether {@link #running} is held now; if not, the call releases the session when it ends
     */
    private boolean awaitCall() {
        long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
        try {
            do {
                core.cancellation.cancel();
                if (running.tryLock(20, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } while (System.nanoTime() < deadline);
            LOG.log(System.Logger.Level.DEBUG, "a call does not end with its session");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Rolls back and gives the connection up, also if there is nothing left to roll back. {@link #running} is held. */
    private void release() {
        try (Connection connection = core.connection) {
            if (!connection.isClosed()) {
                core.transactions.discard();
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "close", e);
        } finally {
            core.releaseAppLocks();
        }
    }
}
