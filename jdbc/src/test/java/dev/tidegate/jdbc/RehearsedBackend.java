package dev.tidegate.jdbc;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that knows a few statements by heart and remembers what it was asked: what the driver sends and makes of the answers, without
 * a database behind. Prepared statements work: a statement is answered the same way, however it is called.
 */
final class RehearsedBackend implements Backend {
    /** An answer, without its final done. */
    interface Answer {
        /** @param values of the statement's parameters, in order */
        void write(ResponseSink sink, List<ProcedureCall.Parameter> values) throws SqlServerException;
    }

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<ProcedureCall> calls = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> handles = new ConcurrentHashMap<>();
    private final AtomicInteger nextHandle = new AtomicInteger(1);

    /** @param text of a statement or name of a procedure */
    RehearsedBackend on(String text, Answer answer) {
        answers.put(text, answer);
        return this;
    }

    /** One line for each request: its text, or the procedure's name and handle. */
    List<String> log() {
        return log;
    }

    List<ProcedureCall> calls() {
        return calls;
    }

    void forgetHandles() {
        handles.clear();
    }

    static Answer rows(List<Column> columns, Object[]... rows) {
        return (sink, values) -> {
            sink.columns(columns);
            for (Object[] row : rows) {
                sink.row(row);
            }
            sink.statementDone(Done.COMMAND_SELECT, rows.length);
        };
    }

    static Answer count(long count) {
        return (sink, values) -> sink.statementDone(Done.COMMAND_INSERT, count);
    }

    static Answer error(int number, String text) {
        return (sink, values) -> {
            sink.message(new ServerMessage(true, number, 1, 16, text, "scripted", "", 1));
            sink.statementFailed(Done.COMMAND_INSERT);
        };
    }

    static Answer both(Answer first, Answer second) {
        return (sink, values) -> {
            first.write(sink, values);
            second.write(sink, values);
        };
    }

    static Column column(String name, TypeInfo type) {
        return new Column(name, type, Column.NULLABLE);
    }

    @Override
    public BackendSession open(SessionOptions options) {
        return new RehearsedSession(this);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    void batch(String sql, ResponseSink sink) throws SqlServerException {
        log.add(sql);
        answer(sql, sink, List.of());
        sink.done();
    }

    void call(ProcedureCall call, ResponseSink sink) throws SqlServerException {
        calls.add(call);
        List<ProcedureCall.Parameter> values = call.parameters();
        switch (call.name()) {
            case "sp_executesql" -> {
                log.add("sp_executesql");
                answer(text(values, 0), sink, values.subList(Math.min(2, values.size()), values.size()));
                sink.returnStatus(0);
            }
            case "sp_prepexec" -> prepare(values, sink);
            case "sp_execute" -> {
                int handle = (Integer) values.get(0).value();
                log.add("sp_execute " + handle);
                execute(handle, values, sink);
            }
            case "sp_unprepare" -> {
                log.add("sp_unprepare");
                handles.remove((Integer) values.get(0).value());
                sink.returnStatus(0);
            }
            default -> {
                log.add(call.name());
                answer(call.name(), sink, values);
            }
        }
        sink.done();
    }

    void transaction(String what) {
        log.add(what);
    }

    private void prepare(List<ProcedureCall.Parameter> values, ResponseSink sink) throws SqlServerException {
        log.add("sp_prepexec");
        int handle = nextHandle.getAndIncrement();
        handles.put(handle, text(values, 2));
        answer(text(values, 2), sink, values.subList(3, values.size()));
        sink.returnStatus(0);
        sink.returnValue(0, "", TypeInfo.integer(), handle);
    }

    private void execute(int handle, List<ProcedureCall.Parameter> values, ResponseSink sink)
            throws SqlServerException {
        String sql = handles.get(handle);
        if (sql == null) {
            error(8179, "Could not find prepared statement with handle " + handle + ".")
                    .write(sink, values);
        } else {
            answer(sql, sink, values.subList(1, values.size()));
        }
        sink.returnStatus(0);
    }

    private static String text(List<ProcedureCall.Parameter> values, int index) {
        return (String) values.get(index).value();
    }

    private void answer(String sql, ResponseSink sink, List<ProcedureCall.Parameter> values) throws SqlServerException {
        Answer answer = answers.get(sql);
        if (answer == null) {
            error(102, "Nobody told the scripted server about: " + sql).write(sink, values);
        } else {
            answer.write(sink, values);
        }
    }
}
