package dev.tidegate.jdbc;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A session of the {@link RehearsedBackend}: the batch WAIT runs until it is cancelled. */
final class RehearsedSession implements BackendSession {
    private final RehearsedBackend server;
    private final Semaphore cancels = new Semaphore(0);
    private long transaction;
    private long transactions;

    RehearsedSession(RehearsedBackend server) {
        this.server = server;
    }

    @Override
    public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
        cancels.drainPermits();
        if (sql.equals("WAIT")) {
            server.transaction("waiting");
            cancels.acquireUninterruptibly();
            sink.cancelled();
            return;
        }
        server.batch(sql, sink);
    }

    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException {
        server.call(call, sink);
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
        throw new SqlServerException(4022, 1, 16, "no bulk loads here");
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) {
        server.transaction("begin");
        transaction = ++transactions;
        sink.environment(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, transaction, 0));
        sink.done();
    }

    @Override
    public void commit(ResponseSink sink) {
        server.transaction("commit");
        sink.environment(new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, transaction));
        transaction = 0;
        sink.done();
    }

    @Override
    public void rollback(String name, ResponseSink sink) {
        server.transaction(name.isEmpty() ? "rollback" : "rollback to " + name);
        if (name.isEmpty()) {
            sink.environment(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, transaction));
            transaction = 0;
        }
        sink.done();
    }

    @Override
    public void save(String name, ResponseSink sink) {
        server.transaction("save " + name);
        sink.message(new ServerMessage(false, 1, 1, 0, "saved", "scripted", "", 1));
        sink.done();
    }

    @Override
    public long transactionDescriptor() {
        return transaction;
    }

    @Override
    public void reset(boolean keepTransaction) {
        transaction = 0;
    }

    @Override
    public void cancel() {
        cancels.release();
    }

    @Override
    public void close() {
        cancels.release();
    }
}
