package dev.tidegate.jdbc.transaction;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Connections that only write down what is asked of them, and fail where they are told to. */
final class StubSource {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Deque<SQLException>> failures = new HashMap<>();

    /** The next calls of that method throw these, one each. */
    StubSource failing(String method, SQLException... with) {
        failures.computeIfAbsent(method, name -> new ArrayDeque<>()).addAll(List.of(with));
        return this;
    }

    List<String> calls() {
        return calls;
    }

    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            note("open");
            return connection();
        });
    }

    private Connection connection() {
        boolean[] autoCommit = {true};
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAutoCommit" -> autoCommit[0];
            case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
            case "setAutoCommit" -> {
                note("autoCommit " + arguments[0]);
                autoCommit[0] = (boolean) arguments[0];
                yield null;
            }
            case "setTransactionIsolation" -> {
                note("isolation " + arguments[0]);
                yield null;
            }
            case "commit", "rollback", "close" -> {
                note(method.getName());
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private void note(String call) throws SQLException {
        calls.add(call);
        Deque<SQLException> waiting = failures.get(call);
        if (waiting != null && !waiting.isEmpty()) {
            throw waiting.remove();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
