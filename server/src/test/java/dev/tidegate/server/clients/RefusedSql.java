package dev.tidegate.server.clients;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before another backend and remembers what it answered with an error. Thread-safe. */
record RefusedSql(Backend backend, ConcurrentLinkedQueue<String> refusals) implements Backend {
    RefusedSql(Backend backend) {
        this(backend, new ConcurrentLinkedQueue<>());
    }

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        return new Session(backend.open(options));
    }

    @Override
    public void close() {
        backend.close();
    }

    /** "number: text <- request", each once. */
    List<String> distinct() {
        return refusals.stream().distinct().sorted().toList();
    }

    private final class Session implements BackendSession {
        private final BackendSession session;

        Session(BackendSession session) {
            this.session = session;
        }

        @Override
        public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
            session.executeBatch(sql, new Sink(sink, sql));
        }

        @Override
        public void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException {
            List<Object> values = new ArrayList<>();
            call.parameters().forEach(parameter -> values.add(parameter.value()));
            session.executeProcedure(call, new Sink(sink, "exec " + call.name() + " " + values));
        }

        @Override
        public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
            return session.beginBulkLoad(columns);
        }

        @Override
        public void begin(String name, IsolationLevel isolation, ResponseSink sink) throws SqlServerException {
            session.begin(name, isolation, sink);
        }

        @Override
        public void commit(ResponseSink sink) throws SqlServerException {
            session.commit(sink);
        }

        @Override
        public void rollback(String name, ResponseSink sink) throws SqlServerException {
            session.rollback(name, sink);
        }

        @Override
        public void save(String name, ResponseSink sink) throws SqlServerException {
            session.save(name, sink);
        }

        @Override
        public long transactionDescriptor() {
            return session.transactionDescriptor();
        }

        @Override
        public void reset(boolean keepTransaction) throws SqlServerException {
            session.reset(keepTransaction);
        }

        @Override
        public RecoverableState recoverableState() {
            return session.recoverableState();
        }

        @Override
        public void recover(String database, String language, Map<Integer, byte[]> states) throws SqlServerException {
            session.recover(database, language, states);
        }

        @Override
        public void cutBy(Runnable cut) {
            session.cutBy(cut);
        }

        @Override
        public void cancel() {
            session.cancel();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private final class Sink implements ResponseSink {
        private final ResponseSink sink;
        private final String request;

        Sink(ResponseSink sink, String request) {
            this.sink = sink;
            this.request = request;
        }

        @Override
        public void message(ServerMessage message) {
            if (message.error()) {
                refusals.add(message.number() + ": " + message.text() + " <- "
                        + request.substring(0, Math.min(request.length(), 1000)).replaceAll("\\s+", " "));
            }
            sink.message(message);
        }

        @Override
        public void columns(List<Column> columns) {
            sink.columns(columns);
        }

        @Override
        public void row(Object[] values) {
            sink.row(values);
        }

        @Override
        public void statementDone(int command, long count) {
            sink.statementDone(command, count);
        }

        @Override
        public void statementFailed(int command) {
            sink.statementFailed(command);
        }

        @Override
        public void environment(EnvChange change) {
            sink.environment(change);
        }

        @Override
        public void returnStatus(int status) {
            sink.returnStatus(status);
        }

        @Override
        public void returnValue(int ordinal, String name, TypeInfo type, Object value) {
            sink.returnValue(ordinal, name, type, value);
        }

        @Override
        public void cancelled() {
            sink.cancelled();
        }

        @Override
        public void done() {
            sink.done();
        }
    }
}
