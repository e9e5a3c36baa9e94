package dev.tidegate.duckdb.engine;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.H2Backend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A backend that knows what its sessions were asked for, and holds one of these calls: until it is let go, or, if it hears cancels, until one
 * comes. Thread-safe.
 */
final class HeldBackend implements Backend {
    private static final Set<String> HELD =
            Set.of("executeBatch", "executeProcedure", "begin", "commit", "rollback", "beginBulkLoad", "finish");

    private final Backend backend = H2Backend.inMemory(List.of("demo"));
    private final boolean hears;
    private final List<String> calls = new ArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean cancelled;
    private int countdown = -1;
    private Predicate<String> wanted = call -> true;

    HeldBackend(boolean hears) {
        this.hears = hears;
    }

    /** Forgets the calls so far. */
    synchronized void forget() {
        calls.clear();
    }

    /** The texts of batches, and the names of the other calls. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Holds one of the calls to come, once. */
    synchronized void hold(int number, Predicate<String> which) {
        countdown = number;
        wanted = which;
    }

    void awaitHeld() throws InterruptedException {
        held.await();
    }

    void release() {
        released.countDown();
    }

    private synchronized boolean isHeld(String call) {
        calls.add(call);
        return wanted.test(call) && countdown >= 0 && countdown-- == 0;
    }

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        return held(BackendSession.class, backend.open(options));
    }

    private <T> T held(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("cancel") && hears) {
                        cancelled = true;
                        release();
                    }
                    if (HELD.contains(method.getName())
                            && isHeld(
                                    arguments != null && arguments[0] instanceof String text && !text.isEmpty()
                                            ? text
                                            : method.getName())) {
                        held.countDown();
                        released.await();
                        if (arguments != null && arguments[arguments.length - 1] instanceof ResponseSink sink) {
                            sink.cancelled();
                            return null;
                        }
                        if (!cancelled) {
                            // The session may be closed by now, and must not do anything after that.
                            throw new SqlServerException(596, 1, 21, "the session has ended while it was held");
                        }
                    }
                    Object result = invoked(real, method, arguments);
                    return result instanceof BulkTarget load ? held(BulkTarget.class, load) : result;
                }));
    }

    private static Object invoked(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public int preparedStatements() {
        return backend.preparedStatements();
    }

    @Override
    public void close() {
        release();
        backend.close();
    }
}
