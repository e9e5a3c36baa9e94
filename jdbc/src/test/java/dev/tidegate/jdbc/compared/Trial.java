package dev.tidegate.jdbc.compared;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** One stack in one scenario: a pool whose connections go through a proxy of their own. What it leaves hanging is cut at the end. */
final class Trial implements AutoCloseable {
    private final Stack stack;
    private final EmbeddedSqlServer server;
    private final Duration patience;
    private final FaultProxy proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DataSource source;

    /** @param patience how long a call is waited for until it is said not to come back */
    Trial(Stack stack, EmbeddedSqlServer server, Duration patience) throws IOException {
        this.stack = stack;
        this.server = server;
        this.patience = patience;
        this.proxy = FaultProxy.to(server.port());
    }

    /** @return a pool of so many connections, which is ended with the trial */
    DataSource pool(int size, Duration connectionTimeout) {
        source = stack.open(proxy.port(), size, (int) connectionTimeout.toMillis());
        return source;
    }

    /** A pool of one, so that the next user gets the connection of the one before, if anybody does. */
    DataSource poolOfOne() {
        return pool(1, Duration.ofSeconds(20));
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Whatever the server sends from now on does not arrive. */
    void stall() {
        proxy.connections().forEach(connection -> connection.stall(Flow.TO_CLIENT));
    }

    /** A session of its own that goes past pool and proxy. */
    Connection observer() throws SQLException {
        return DriverManager.getConnection(server.url() + ";encrypt=false", Stack.USER, Stack.PASSWORD);
    }

    /** A name that no other trial on the same server uses. */
    String own(String name) {
        return name + "_" + stack.name().toLowerCase(Locale.ROOT);
    }

    <T> Future<T> start(Callable<T> call) {
        return threads.submit(call);
    }

    /** What the call has come to, or that it does not come back. */
    String outcome(Callable<String> call) throws InterruptedException {
        return outcome(start(call));
    }

    String outcome(Future<String> call) throws InterruptedException {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "not back after " + patience.toSeconds() + " s";
        } catch (ExecutionException e) {
            return error(e.getCause());
        }
    }

    static String error(Throwable thrown) {
        return thrown instanceof SQLException failure
                ? "an error (" + failure.getSQLState() + ")"
                : "an error (" + thrown.getClass().getSimpleName() + ")";
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        }
    }

    @Override
    public void close() throws IOException {
        proxy.connections().forEach(connection -> connection.cut(Ending.RESET));
        if (source instanceof AutoCloseable closeable) {
            close(closeable);
        }
        proxy.close();
        threads.shutdownNow();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!threads.isTerminated()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("threads of " + stack + " do not end");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void close(AutoCloseable pool) {
        try {
            pool.close();
        } catch (Exception e) {
            throw new IllegalStateException("a pool could not be closed", e);
        }
    }
}
