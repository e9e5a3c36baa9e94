package dev.tidegate.jdbc;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * The embedded server's backend with real tables and transactions, that does as told what it would never do: its catalog has other servers'
 * values, and it refuses, miscounts, delays or leaves waiting what it is asked. Thread-safe.
 */
final class TamperedBackend implements Backend {
    /** What a request is told to come to, in place of what it would do. */
    interface Fate {
        /** @param session for what the server does of its own accord */
        void meet(BackendSession session) throws SqlServerException;
    }

    /** Leaves a request waiting for its cancel. */
    static final Fate WAIT = session -> {};

    /** What the driver's question about a table has for the number of security predicates. */
    static final String POLICIES = "policies";

    private final Backend backend;
    private final Map<String, Object> state = new ConcurrentHashMap<>();
    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> announcements = new CopyOnWriteArrayList<>();
    private volatile int miscount;
    private volatile UnaryOperator<String> ear = UnaryOperator.identity();

    TamperedBackend(Backend backend) {
        this.backend = backend;
    }

    /** The driver's question about a table finds this value in this column. */
    void answer(String column, int value) {
        state.put(column, value);
    }

    /** @param request as in the {@link #log} */
    void on(String request, Fate fate) {
        fates.put(request, fate);
    }

    /** Loads are stored, but reported with so many rows more. */
    void miscount(int more) {
        miscount = more;
    }

    /** In statements with parameters one name stands for another: so there seem to be other databases. */
    void takeFor(String name, String other) {
        ear = sql -> sql.replace(name, other);
    }

    /** T-SQL by which loads were announced. */
    List<String> announcements() {
        return announcements;
    }

    /** One word for each request that matters: question, announcement, finish, call, begin, commit, save, rollback, rollbackTo. */
    List<String> log() {
        return log;
    }

    static Fate error(int number, String text) {
        return session -> {
            throw new SqlServerException(number, 1, 16, text);
        };
    }

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        BackendSession session = backend.open(options);
        return proxy(BackendSession.class, new Session(session)::invoke);
    }

    @Override
    public void close() {
        backend.close();
    }

    private interface Invocation {
        Object invoke(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Invocation invocation) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> invocation.invoke(method, arguments)));
    }

    private static Object pass(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private final class Session {
        private final BackendSession session;
        private final Semaphore cancels = new Semaphore(0);

        Session(BackendSession session) {
            this.session = session;
        }

        Object invoke(Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("cancel") || method.getName().equals("close")) {
                cancels.release();
            }
            if (method.getName().equals("executeProcedure")) {
                arguments[0] = heard((ProcedureCall) arguments[0]);
            }
            String request = request(method, arguments);
            if ("announcement".equals(request)) {
                announcements.add((String) arguments[0]);
            }
            Fate fate = request == null ? null : fates.get(request);
            if (request != null) {
                log.add(request);
            }
            Object last = arguments == null ? null : arguments[arguments.length - 1];
            if (fate == WAIT) {
                cancels.drainPermits();
                cancels.acquireUninterruptibly();
                ((ResponseSink) last).cancelled();
                return null;
            }
            if (fate != null && last instanceof ResponseSink sink) {
                try {
                    fate.meet(session);
                } catch (SqlServerException e) {
                    sink.message(
                            new ServerMessage(true, e.number(), e.state(), e.severity(), e.getMessage(), "", "", 1));
                    sink.statementFailed(0);
                    sink.done();
                    return null;
                }
            }
            if ("question".equals(request)) {
                arguments[1] = proxy(ResponseSink.class, new StateSink((ResponseSink) last)::invoke);
            }
            Object result = pass(session, method, arguments);
            return result instanceof BulkTarget target ? proxy(BulkTarget.class, (m, a) -> load(target, m, a)) : result;
        }

        private ProcedureCall heard(ProcedureCall call) {
            return new ProcedureCall(
                    call.name(),
                    call.parameters().stream()
                            .map(each -> each.value() instanceof String text
                                    ? new ProcedureCall.Parameter(
                                            each.name(), each.output(), each.useDefault(), each.type(), ear.apply(text))
                                    : each)
                            .toList());
        }

        private Object load(BulkTarget target, Method method, Object[] arguments) throws Throwable {
            Object result = pass(target, method, arguments);
            if (!method.getName().equals("finish")) {
                return result;
            }
            log.add("finish");
            if (fates.containsKey("finish")) {
                fates.get("finish").meet(session);
            }
            return (Long) result + miscount;
        }
    }

    /** Null for what does not matter. */
    private static String request(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "executeBatch" -> ((String) arguments[0]).startsWith("INSERT BULK") ? "announcement" : null;
            case "executeProcedure" -> {
                ProcedureCall call = (ProcedureCall) arguments[0];
                boolean asks = call.name().equals("sp_executesql")
                        && call.parameters().get(0).value() instanceof String sql
                        && sql.contains("XACT_STATE()");
                yield asks ? "question" : call.name().equals("sp_execute") ? "call" : null;
            }
            case "begin", "commit", "save" -> method.getName();
            case "rollback" -> ((String) arguments[0]).isEmpty() ? "rollback" : "rollbackTo";
            default -> null;
        };
    }

    /** The answer with other values, and with the result that only servers with security policies have. */
    private final class StateSink {
        private final ResponseSink sink;
        private List<Column> columns;

        StateSink(ResponseSink sink) {
            this.sink = sink;
        }

        @SuppressWarnings("unchecked")
        Object invoke(Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "takesCells" -> {
                    return false;
                }
                case "columns" -> columns = (List<Column>) arguments[0];
                case "row" -> {
                    Object[] row = ((Object[]) arguments[0]).clone();
                    for (int i = 0; i < row.length; i++) {
                        row[i] = state.getOrDefault(columns.get(i).name(), row[i]);
                    }
                    arguments[0] = row;
                }
                default -> {}
            }
            Object result = pass(sink, method, arguments);
            if (method.getName().equals("statementDone") && state.containsKey(POLICIES)) {
                sink.columns(List.of(new Column(POLICIES, TypeInfo.integer(), Column.NULLABLE)));
                sink.row(new Object[] {state.get(POLICIES)});
                sink.statementDone(Done.COMMAND_SELECT, 1);
            }
            return result;
        }
    }
}
