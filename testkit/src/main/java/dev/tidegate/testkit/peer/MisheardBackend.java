package dev.tidegate.testkit.peer;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/**
 * A backend that takes some batches for others: so a question of the client's gets the answer that another server would give, and all
 * else is done by the backend behind. Thread-safe if that is, and the ear.
 */
public final class MisheardBackend implements Backend {
    private final Backend backend;
    private final UnaryOperator<String> ear;

    /** @param ear gives the batch to run in place of one that came */
    public MisheardBackend(Backend backend, UnaryOperator<String> ear) {
        this.backend = backend;
        this.ear = ear;
    }

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        BackendSession session = backend.open(options);
        return (BackendSession) Proxy.newProxyInstance(
                BackendSession.class.getClassLoader(), new Class<?>[] {BackendSession.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("executeBatch")) {
                        arguments[0] = ear.apply((String) arguments[0]);
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public int preparedStatements() {
        return backend.preparedStatements();
    }

    @Override
    public void close() {
        backend.close();
    }
}
