package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.engine.execution.Execution;
import dev.tidegate.duckdb.engine.execution.Translator;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A statement of the engine, prepared or not, as JDBC sees it. */
final class StatementFace extends Face {
    private final EngineSession session;
    private final Connection connection;
    private final Execution execution;
    /** What was set of it, by the method's name; of a statement that is used by one thread at a time. */
    private final Map<String, Setting> settings = new ConcurrentHashMap<>();

    private volatile Statement target;
    private volatile boolean closed;
    private final Changes changes = new Changes();
    /** Whether its last result is read while DuckDB makes it. */
    private boolean streams;

    private record Setting(Method method, Object[] args) {}

    StatementFace(EngineSession session, Translator translator, Connection connection, Statement target) {
        this(session, connection, target, new Execution(session, translator));
    }

    StatementFace(EngineSession session, Connection connection, Statement target, Execution execution) {
        super(target);
        this.session = session;
        this.connection = connection;
        this.target = target;
        this.execution = execution;
    }

    <T extends Statement> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    Object call(Object proxy, Method method, Object[] args) throws Throwable {
        boolean withText = args.length > 0 && args[0] instanceof String;
        switch (method.getName()) {
            case "executeQuery" -> {
                return seen(proxy, result(execute(method, args, withText)));
            }
            case "execute", "executeUpdate", "executeLargeUpdate" -> {
                return execute(method, args, withText);
            }
            case "executeBatch", "executeLargeBatch" -> {
                changes.forget();
                return execution.isWrite()
                        ? execution.runWrite(changes.takeBatch(), changes.answering(method))
                        : execution.runBatch(sql -> forward(method, args));
            }
            case "addBatch" -> {
                return withText ? addBatch(method, args) : onBatch(method, args, changes::addBatch);
            }
            case "clearBatch" -> {
                return onBatch(method, args, changes::clearBatch);
            }
            case "clearParameters" -> {
                changes.parameters().clear();
                return execution.isWrite() ? null : forward(method, args);
            }
            case "getUpdateCount", "getLargeUpdateCount" -> {
                return changes.isMine() ? count(method) : forward(method, args);
            }
            case "getResultSet" -> {
                return changes.isMine() ? null : seen(proxy, (ResultSet) forward(method, args));
            }
            case "getMoreResults" -> {
                return changes.isMine() ? noMore() : forward(method, args);
            }
            case "cancel" -> {
                session.cancel(execution, this::interrupt);
                return null;
            }
            case "setQueryTimeout" -> {
                set(method, args);
                execution.limit(Duration.ofSeconds((int) args[0]));
                return null;
            }
            case "close" -> {
                closed = true;
                session.cancelOfOthers(execution, this::interrupt);
                try {
                    Object answer = forward(method, args);
                    if (execution.reason() != null) {
                        session.resultEnded(execution.reason().run());
                    }
                    return answer;
                } finally {
                    execution.close();
                }
            }
            case "getConnection" -> {
                return connection;
            }
            default -> {
                if (Changes.isSetter(method, args)) {
                    changes.parameters().set(method, args);
                    return execution.isWrite() ? null : forward(method, args);
                }
                return method.getName().startsWith("set") ? set(method, args) : forward(method, args);
            }
        }
    }

    private Object set(Method method, Object[] args) throws Throwable {
        Object answer = forward(method, args);
        settings.put(method.getName(), new Setting(method, args));
        return answer;
    }

    private Object execute(Method method, Object[] args, boolean withText) throws Throwable {
        changes.forget();
        streams = streams();
        if (withText) {
            return run(method, args);
        }
        return execution.isWrite()
                ? execution.runWrite(List.of(changes.parameters()), changes.answering(method))
                : execution.runPrepared(changes.parameters(), sql -> forward(method, args));
    }

    /** The batch of a write is kept here until it runs. */
    private Object onBatch(Method method, Object[] args, Runnable mine) throws Throwable {
        if (!execution.isWrite()) {
            return forward(method, args);
        }
        mine.run();
        return null;
    }

    private Object count(Method method) {
        long count = changes.takeCount();
        return method.getReturnType() == int.class ? (Object) Changes.narrow(count) : (Object) count;
    }

    private boolean noMore() {
        changes.takeCount();
        return false;
    }

    private void interrupt() throws SQLException {
        try {
            target.cancel();
        } catch (SQLException e) {
            if (!target.isClosed()) {
                throw e;
            }
            // Its connection was closed, or its query has failed, which closes it too: nothing runs any more.
        }
    }

    @Override
    boolean isClosed() throws SQLException {
        return target.isClosed();
    }

    private static ResultSet result(Object given) throws SQLException {
        if (given == null) {
            // DuckDB's driver looks for its result once it has let go of the lock that a close waits for.
            throw closedMeanwhile(null);
        }
        return (ResultSet) given;
    }

    /** A result that is whole is DuckDB's own: nothing of it can fail, and its values come without a detour. */
    private ResultSet seen(Object proxy, ResultSet result) {
        return streams && result != null
                ? new StreamedResult(session, (Statement) proxy, result, execution.reason()).proxy()
                : result;
    }

    /** Where it cannot be asked for, no query can run either. */
    private boolean streams() {
        try {
            return session.streams();
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private Object run(Method method, Object[] args) throws Throwable {
        boolean[] isTried = new boolean[1];
        return execution.run(
                (String) args[0],
                sql -> {
                    if (isTried[0]) {
                        renew();
                    }
                    isTried[0] = true;
                    Object[] changed = args.clone();
                    changed[0] = sql;
                    return forward(method, changed);
                },
                changes.answering(method));
    }

    /** DuckDB's driver closes a statement whose query has failed; for another attempt there has to be a new one, with the same settings. */
    private void renew() throws Throwable {
        if (closed || !target.isClosed()) {
            return;
        }
        Statement fresh = session.duckdb().createStatement();
        target = fresh;
        instead(fresh);
        for (Setting setting : settings.values()) {
            forward(setting.method(), setting.args());
        }
        if (closed) {
            // By another thread, which has closed the one before.
            fresh.close();
        }
    }

    private Object addBatch(Method method, Object[] args) throws Throwable {
        execution.checkBatched((String) args[0]);
        return forward(method, args);
    }
}
