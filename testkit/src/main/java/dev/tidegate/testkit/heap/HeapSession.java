package dev.tidegate.testkit.heap;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries out the statements of a copy, told apart by their shape. */
final class HeapSession implements BackendSession {
    private static final String NAME = "((?:\\[[^\\]]*\\]|\\w+)(?:\\.(?:\\[[^\\]]*\\]|\\w+))*)";
    private static final Pattern CREATE = Pattern.compile("CREATE TABLE " + NAME + " \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("\\[([^\\]]*)\\] (.*?)( NOT NULL| NULL)?(?:, (?=\\[)|$)");
    private static final Pattern SELECT = Pattern.compile("SELECT (TOP \\(?0\\)? )?\\* FROM " + NAME);
    private static final Pattern BULK = Pattern.compile("INSERT BULK " + NAME + " \\(.*", Pattern.DOTALL);
    private static final Pattern DELETE = Pattern.compile("DELETE FROM " + NAME);
    private static final Pattern DROP = Pattern.compile("DROP TABLE " + NAME);
    private static final Pattern RENAME = Pattern.compile("EXEC sp_rename N'(.*)', N'(.*)'");

    private final HeapBackend backend;
    private Map<String, HeapTable> before;
    private String announced;
    /** One permit for each cancel that nothing has waited for. */
    private final Semaphore cancelled = new Semaphore(0);

    HeapSession(HeapBackend backend) {
        this.backend = backend;
    }

    @Override
    public void executeBatch(String text, ResponseSink sink) {
        cancelled.drainPermits();
        String sql = text.strip();
        Matcher create = CREATE.matcher(sql);
        Matcher select = SELECT.matcher(sql);
        Matcher bulk = BULK.matcher(sql);
        Matcher delete = DELETE.matcher(sql);
        Matcher drop = DROP.matcher(sql);
        Matcher rename = RENAME.matcher(sql);
        if (sql.equals("SELECT @@VERSION")) {
            select("version", false, sink);
            return;
        }
        if (create.matches()) {
            backend.put(create.group(1), new HeapTable(columns(create.group(2))));
        } else if (select.matches()) {
            select(select.group(2), select.group(1) != null, sink);
            return;
        } else if (bulk.matches()) {
            announced = bulk.group(1);
        } else if (delete.matches()) {
            backend.put(
                    delete.group(1),
                    new HeapTable(backend.table(delete.group(1)).columns()));
        } else if (drop.matches()) {
            backend.put(drop.group(1), null);
        } else if (rename.matches()) {
            HeapTable table = backend.table(rename.group(1));
            backend.put(rename.group(1), null);
            backend.put(rename.group(2), table);
        } else {
            fail(sink, 102, "Incorrect syntax near '" + sql.lines().findFirst().orElse("") + "'.");
            return;
        }
        sink.statementDone(0, -1);
        sink.done();
    }

    private void select(String name, boolean none, ResponseSink sink) {
        HeapTable table = backend.table(name);
        if (table == null) {
            fail(sink, 208, "Invalid object name '" + name + "'.");
            return;
        }
        sink.columns(table.columns());
        if (!none) {
            backend.countRead();
            table.rows().forEach(sink::row);
            if (table.stalls()) {
                cancelled.acquireUninterruptibly();
            }
        }
        sink.statementDone(Done.COMMAND_SELECT, none ? 0 : table.rows().size());
        sink.done();
    }

    static List<Column> columns(String definitions) {
        List<Column> columns = new ArrayList<>();
        Matcher column = COLUMN.matcher(definitions);
        while (column.find()) {
            columns.add(new Column(
                    column.group(1),
                    TypeInfo.ofSql(column.group(2), Collation.DEFAULT),
                    " NOT NULL".equals(column.group(3)) ? 0 : Column.NULLABLE));
        }
        return columns;
    }

    private static void fail(ResponseSink sink, int number, String text) {
        sink.message(new ServerMessage(true, number, 1, 16, text, "heap", "", 1));
        sink.statementFailed(0);
        sink.done();
    }

    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) {
        fail(sink, 2812, "Could not find stored procedure '" + call.name() + "'.");
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> sent) {
        String name = announced;
        HeapTable table = backend.table(name).copy();
        int[] places = sent.stream()
                .mapToInt(column ->
                        table.columns().stream().map(Column::name).toList().indexOf(column.name()))
                .toArray();
        int before = table.rows().size();
        return new BulkTarget() {
            @Override
            public void add(Object[] values) throws SqlServerException {
                Object[] row = new Object[table.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    row[places[i]] = values[i];
                    if (values[i] == null && !table.columns().get(places[i]).isNullable()) {
                        throw new SqlServerException(515, 2, 16, "Cannot insert the value NULL into column.");
                    }
                }
                table.add(row);
            }

            @Override
            public long finish() {
                backend.put(name, table);
                return (long) table.rows().size() - before;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) {
        before = backend.snapshot();
        sink.environment(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 1, 0));
        sink.done();
    }

    @Override
    public void commit(ResponseSink sink) {
        before = null;
        sink.environment(new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 1));
        sink.done();
    }

    @Override
    public void rollback(String name, ResponseSink sink) {
        backend.restore(before);
        before = null;
        sink.environment(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 1));
        sink.done();
    }

    @Override
    public void save(String name, ResponseSink sink) {
        sink.done();
    }

    @Override
    public long transactionDescriptor() {
        return before == null ? 0 : 1;
    }

    @Override
    public void reset(boolean keepTransaction) {}

    @Override
    public void cancel() {
        cancelled.release();
    }

    @Override
    public void close() {
        cancelled.release();
        if (before != null) {
            backend.restore(before);
            before = null;
        }
    }
}
