package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers, as a batch: {@code rows N} (N rows of int and nvarchar), {@code two} (two results), {@code nothing}, {@code fail},
 * {@code use NAME}, {@code endless} (rows until cancelled), {@code hang} (computes until cancelled), {@code late} (an update that ends when it is cancelled), {@code half} (an
 * update and something that hangs), {@code types}, {@code lost}
 * (session lost), {@code defect} (a bug). Anything else is an update of one row.
 */
final class ScriptedSession implements BackendSession {
    final SessionOptions options;
    final List<String> log = new ArrayList<>();
    final AtomicInteger cancels = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch hanging = new CountDownLatch(1);
    final List<Object[]> loaded = new ArrayList<>();
    private final Semaphore cancelled = new Semaphore(0);
    private volatile boolean running;
    private long descriptor;

    ScriptedSession(SessionOptions options) {
        this.options = options;
    }

    @Override
    public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
        log.add(sql);
        cancelled.drainPermits();
        running = true;
        try {
            run(sql, sink);
        } finally {
            running = false;
        }
        if (sql.equals("half")) {
            sink.cancelled();
        } else {
            sink.done();
        }
    }

    private void run(String sql, ResponseSink sink) throws SqlServerException {
        String[] words = sql.strip().split(" ");
        switch (words[0]) {
            case "rows" -> rows(Integer.parseInt(words[1]), sink);
            case "two" -> {
                rows(1, sink);
                rows(2, sink);
            }
            case "nothing" -> {}
            case "fail" -> {
                sink.message(error());
                sink.statementFailed(Done.COMMAND_SELECT);
            }
            case "use" -> {
                sink.environment(new EnvChange.Text(EnvChange.DATABASE, words[1], "main"));
                sink.statementDone(0, -1);
            }
            case "endless" -> rows(Integer.MAX_VALUE, sink);
            case "hang" -> {
                hanging.countDown();
                cancelled.acquireUninterruptibly();
            }
            case "late" -> {
                hanging.countDown();
                cancelled.acquireUninterruptibly();
                sink.statementDone(Done.COMMAND_UPDATE, 1);
            }
            case "half" -> {
                sink.statementDone(Done.COMMAND_UPDATE, 1);
                hanging.countDown();
                cancelled.acquireUninterruptibly();
            }
            case "committing" -> {
                hanging.countDown();
                cancelled.acquireUninterruptibly();
                sink.environment(new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 1));
                sink.statementDone(0, -1);
            }
            case "types" -> types(sink);
            case "SELECT" -> selected(sink);
            case "lost" -> throw new SqlServerException(9001, 1, 21, "the database is gone");
            case "defect" -> throw new IllegalStateException("a defect");
            default -> sink.statementDone(Done.COMMAND_UPDATE, 1);
        }
    }

    private void rows(int count, ResponseSink sink) {
        sink.columns(List.of(
                new Column("id", TypeInfo.integer(), 0),
                new Column("name", TypeInfo.nvarchar(20, Collation.DEFAULT), Column.NULLABLE)));
        int sent = 0;
        while (sent < count && !cancelled.tryAcquire()) {
            sink.row(new Object[] {sent, sent % 10 == 9 ? null : "name " + sent});
            sent++;
        }
        sink.statementDone(Done.COMMAND_SELECT, sent);
    }

    /** What jTDS and r2dbc-mssql ask while they connect. */
    private static void selected(ResponseSink sink) {
        sink.columns(List.of(
                new Column("max_precision", TypeInfo.integer(), 0),
                new Column("Edition", TypeInfo.varchar(20, Collation.DEFAULT), 0),
                new Column("VersionString", TypeInfo.varchar(20, Collation.DEFAULT), 0)));
        sink.row(new Object[] {38, "Developer", "16.0"});
        sink.statementDone(Done.COMMAND_SELECT, 1);
    }

    private static void types(ResponseSink sink) {
        sink.columns(List.of(
                new Column("d", TypeInfo.date(), Column.NULLABLE),
                new Column("t", TypeInfo.datetime2(3), Column.NULLABLE),
                new Column("s", TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), Column.NULLABLE),
                new Column("b", TypeInfo.varbinary(TypeInfo.PLP), Column.NULLABLE),
                new Column("u", TypeInfo.varchar(20, Collation.UTF8), Column.NULLABLE)));
        sink.row(new Object[] {
            LocalDate.of(2024, 2, 29),
            LocalDateTime.of(2024, 2, 29, 12, 30, 1, 5_000_000),
            "long",
            new byte[] {1, 2},
            "ü€"
        });
        sink.statementDone(Done.COMMAND_SELECT, 1);
    }

    private static ServerMessage error() {
        return new ServerMessage(true, 208, 1, 16, "Invalid object name 'x'.", "", "", 1);
    }

    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) {
        log.add("exec " + call.name() + " "
                + call.parameters().stream().map(p -> p.value()).toList());
        if (call.name().equals("bad")) {
            sink.message(error());
        } else {
            rows(1, sink);
        }
        sink.returnStatus(0);
        for (int i = 0; i < call.parameters().size(); i++) {
            ProcedureCall.Parameter parameter = call.parameters().get(i);
            if (parameter.output()) {
                sink.returnValue(i, parameter.name(), parameter.type(), parameter.value());
            }
        }
        sink.done();
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
        log.add("load " + columns.stream().map(Column::name).toList());
        if (columns.get(0).name().equals("refused")) {
            throw new SqlServerException(4022, 1, 16, "Bulk load data was expected but not sent.");
        }
        return new BulkTarget() {
            private final List<Object[]> rows = new ArrayList<>();

            @Override
            public void add(Object[] values) throws SqlServerException {
                if (Integer.valueOf(-1).equals(values[0])) {
                    throw new SqlServerException(2627, 1, 14, "Violation of PRIMARY KEY constraint.");
                }
                rows.add(values.clone());
            }

            @Override
            public long finish() {
                log.add("finish");
                loaded.addAll(rows);
                return rows.size();
            }

            @Override
            public void close() {
                log.add("target closed");
            }
        };
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) {
        log.add("begin " + name + " " + isolation);
        descriptor = 77;
        sink.environment(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 77, 0));
        sink.done();
    }

    @Override
    public void commit(ResponseSink sink) {
        end(EnvChange.COMMIT_TRANSACTION, "commit", sink);
    }

    @Override
    public void rollback(String name, ResponseSink sink) {
        if (name.isEmpty()) {
            end(EnvChange.ROLLBACK_TRANSACTION, "rollback", sink);
        } else {
            log.add("rollback to " + name);
            sink.done();
        }
    }

    private void end(int type, String what, ResponseSink sink) {
        log.add(what);
        sink.environment(new EnvChange.Transaction(type, 0, descriptor));
        descriptor = 0;
        sink.done();
    }

    @Override
    public void save(String name, ResponseSink sink) {
        log.add("save " + name);
        sink.done();
    }

    @Override
    public long transactionDescriptor() {
        return descriptor;
    }

    @Override
    public void reset(boolean keepTransaction) {
        log.add("reset " + keepTransaction);
        if (!keepTransaction) {
            descriptor = 0;
        }
    }

    @Override
    public void cancel() {
        cancels.incrementAndGet();
        if (running) {
            cancelled.release();
        }
    }

    @Override
    public void close() {
        cancelled.release();
        closed.countDown();
    }
}
