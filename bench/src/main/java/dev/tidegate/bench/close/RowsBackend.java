package dev.tidegate.bench.close;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/** Makes numbers up as fast as they can be written, so that the clients are what is measured. */
final class RowsBackend implements Backend {
    /** The batch that asks for all of them; any other gets one row. A driver may look at it to see whether it only reads. */
    static final String ROWS = "SELECT n FROM numbers";

    private static final int MANY = 10_000_000;
    private static final List<Column> COLUMNS = List.of(new Column("n", TypeInfo.integer(), 0));

    @Override
    public BackendSession open(SessionOptions options) {
        return new Session();
    }

    @Override
    public void close() {}

    private static final class Session implements BackendSession {
        private volatile boolean cancelled;

        @Override
        public void executeBatch(String sql, ResponseSink sink) {
            cancelled = false;
            int count = sql.equals(ROWS) ? MANY : 1;
            sink.columns(COLUMNS);
            Object[] row = new Object[1];
            int sent = 0;
            while (sent < count && !cancelled) {
                row[0] = sent++;
                sink.row(row);
            }
            sink.statementDone(Done.COMMAND_SELECT, sent);
            sink.done();
        }

        @Override
        public void executeProcedure(ProcedureCall call, ResponseSink sink) {
            sink.returnStatus(0);
            sink.done();
        }

        @Override
        public BulkTarget beginBulkLoad(List<Column> columns) {
            throw new UnsupportedOperationException("nothing is loaded here");
        }

        @Override
        public void begin(String name, IsolationLevel isolation, ResponseSink sink) {
            sink.done();
        }

        @Override
        public void commit(ResponseSink sink) {
            sink.done();
        }

        @Override
        public void rollback(String name, ResponseSink sink) {
            sink.done();
        }

        @Override
        public void save(String name, ResponseSink sink) {
            sink.done();
        }

        @Override
        public long transactionDescriptor() {
            return 0;
        }

        @Override
        public void reset(boolean keepTransaction) {}

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void close() {
            cancelled = true;
        }
    }
}
