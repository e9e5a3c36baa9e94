package dev.tidegate.bench.replay;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A session on H2 that makes the rows of the data sets itself, and takes those that are loaded. */
final class DataSession implements BackendSession {
    private final BackendSession tables;
    private final int rows;
    private final LongConsumer loaded;
    /** Number of the row that the next load begins with: a table is filled by one load, or by several that follow each other. */
    private long nextRow;
    /** The one statement that a client of these tables prepares is an INSERT. */
    private boolean inserts;

    private volatile boolean cancelled;

    DataSession(BackendSession tables, int rows, LongConsumer loaded) {
        this.tables = tables;
        this.rows = rows;
        this.loaded = loaded;
    }

    @Override
    public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
        Optional<DataSet> wanted =
                Arrays.stream(DataSet.values()).filter(set -> set.query().equals(sql)).findFirst();
        if (wanted.isEmpty()) {
            tables.executeBatch(sql, sink);
            return;
        }
        cancelled = false;
        DataSet set = wanted.get();
        sink.columns(set.columns());
        Object[] values = new Object[set.fields().size()];
        int sent = 0;
        while (sent < rows && !cancelled) {
            set.row(sent++, values);
            sink.row(values);
        }
        sink.statementDone(Done.COMMAND_SELECT, sent);
        sink.done();
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
        return CheckedLoad.of(columns, nextRow, count -> {
            nextRow = (nextRow + count) % rows;
            loaded.accept(count);
        });
    }

    /** Rows of a batch that come by calls are stored, and counted with those that are loaded. */
    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException {
        tables.executeProcedure(call, sink);
        boolean prepared = call.parameters().stream()
                .anyMatch(parameter -> parameter.value() instanceof String text && text.startsWith("INSERT INTO "));
        inserts |= prepared;
        if (prepared || inserts && call.name().equals("sp_execute")) {
            nextRow = (nextRow + 1) % rows;
            loaded.accept(1);
        }
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) throws SqlServerException {
        tables.begin(name, isolation, sink);
    }

    @Override
    public void commit(ResponseSink sink) throws SqlServerException {
        tables.commit(sink);
    }

    @Override
    public void rollback(String name, ResponseSink sink) throws SqlServerException {
        tables.rollback(name, sink);
    }

    @Override
    public void save(String name, ResponseSink sink) throws SqlServerException {
        tables.save(name, sink);
    }

    @Override
    public long transactionDescriptor() {
        return tables.transactionDescriptor();
    }

    @Override
    public void reset(boolean keepTransaction) throws SqlServerException {
        tables.reset(keepTransaction);
    }

    @Override
    public void cancel() {
        cancelled = true;
        tables.cancel();
    }

    @Override
    public void close() {
        cancelled = true;
        tables.close();
    }
}
