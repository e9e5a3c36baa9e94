package dev.tidegate.server.h2;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.ErrorMapper;
import dev.tidegate.server.error.ErrorContext;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.parse.BatchParser;
import dev.tidegate.server.tsql.parse.BatchSyntaxException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** One client's session on H2. */
final class H2Session implements BackendSession {
    private final H2Backend backend;
    private final SessionCore core;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Held while a call runs, so that close ends the connection only after the call has ended. */
    private final ReentrantLock running = new ReentrantLock();

    H2Session(H2Backend backend, H2Database database, SessionOptions options) throws SqlServerException {
        this.backend = backend;
        try {
            this.core = new SessionCore(backend, database, options);
        } catch (SQLException e) {
            throw ErrorMapper.map(e, new ErrorContext("USE", database.name(), ""));
        }
    }

    /** What a call does. */
    @FunctionalInterface
    private interface Work {
        void run() throws SqlServerException, SQLException;
    }

    /** Runs a call so that it can be cancelled, and ends its response. */
    private void respond(ResponseSink sink, Work work) throws SqlServerException {
        running.lock();
        try {
            core.cancellation.begin();
            if (closed.get()) {
                throw new SqlServerException(6005, 1, 20, "The session is closed.");
            }
            work.run();
        } catch (Cancellation.CancelledException e) {
            System.getLogger(H2Session.class.getName()).log(System.Logger.Level.TRACE, "cancelled", e);
        } catch (SQLException e) {
            throw core.map(e, "", "");
        } finally {
            core.claims.endStatement();
            core.cancellation.end();
            running.unlock();
        }
        sink.done();
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
            throw new SqlServerException(
                    4022, 1, 16, "Bulk load data was expected but not sent. The batch will be terminated.");
        }
        try {
            return new BulkLoad(core, announced, columns);
        } catch (SqlServerException e) {
            core.claims.endStatement();
            throw e;
        } catch (SQLException e) {
            core.claims.endStatement();
            throw core.map(e, "INSERT", announced.table().toString());
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
        try {
            core.reset(keepTransaction);
        } catch (SQLException e) {
            throw core.map(e, "", "");
        }
    }

    @Override
    public void cancel() {
        core.cancellation.cancel();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        core.cancellation.cancel();
        backend.forget(this);
        running.lock();
        try {
            core.transactions.discard();
            core.releaseAppLocks();
            core.connection.close();
        } catch (SQLException e) {
            System.getLogger(H2Session.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
        } finally {
            running.unlock();
        }
    }
}
