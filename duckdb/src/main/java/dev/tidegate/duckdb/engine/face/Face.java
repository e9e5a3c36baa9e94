package dev.tidegate.duckdb.engine.face;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Wrapper;

/** Hands the calls of a JDBC interface on to DuckDB's object, but those that a subclass has something to do with. */
abstract class Face implements InvocationHandler {
    private volatile Wrapper target;

    Face(Wrapper target) {
        this.target = target;
    }

    /** From now on calls go to another object of DuckDB's. */
    final void instead(Wrapper other) {
        target = other;
    }

    /** @param args empty, not null, if there are none */
    abstract Object call(Object proxy, Method method, Object[] args) throws Throwable;

    abstract boolean isClosed() throws SQLException;

    @Override
    public final Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] args = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Tidegate[" + target + "]";
            case "unwrap" -> unwrap(proxy, (Class<?>) args[0]);
            case "isWrapperFor" -> ((Class<?>) args[0]).isInstance(proxy) || ((Class<?>) args[0]).isInstance(target);
            default -> called(proxy, method, args);
        };
    }

    private Object called(Object proxy, Method method, Object[] args) throws Throwable {
        try {
            return call(proxy, method, args);
        } catch (RuntimeException e) {
            // A close takes away what DuckDB's driver still needs for a call of another thread.
            if (isClosed()) {
                throw closedMeanwhile(e);
            }
            throw e;
        }
    }

    static SQLException closedMeanwhile(RuntimeException cause) {
        return new SQLException("it was closed by another thread during the call", "08003", cause);
    }

    private Object unwrap(Object proxy, Class<?> wanted) throws SQLException {
        if (wanted.isInstance(proxy)) {
            return proxy;
        }
        if (wanted.isInstance(target)) {
            return target;
        }
        throw new SQLException("this is not a wrapper for " + wanted.getName(), "HY024");
    }

    /** DuckDB's own answer. */
    final Object forward(Method method, Object... args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
