package dev.tidegate.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Leaves everything open and ends in the way that it is told to; for {@link ProcessExitTest}.
 *
 * <p>Arguments: {@code driver} or {@code pool}, a way to end, URL, user, password.
 */
final class ExitProgram {
    private static final String ENDLESS = OnEmbeddedServer.ENDLESS.replace("a.object_id", "COUNT_BIG(*)");
    private static final String LONG = "SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b";
    private static final int THREADS = 3;

    /** So that nothing is collected before the end. */
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private ExitProgram() {}

    private interface Source {
        Connection connect() throws SQLException;
    }

    /** How a process may end. */
    enum End {
        NORMAL(0),
        EXIT_DURING_A_QUERY(3),
        UNCAUGHT_ERROR(1),
        DAEMONS_IN_A_QUERY(0);

        private final int code;

        End(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Source source = source(arguments[0].equals("pool"), arguments[2], arguments[3], arguments[4]);
        leaveOpen(source.connect());
        switch (End.valueOf(arguments[1])) {
            case NORMAL -> {}
            case EXIT_DURING_A_QUERY -> {
                query(source, false);
                System.exit(End.EXIT_DURING_A_QUERY.code());
            }
            case UNCAUGHT_ERROR -> throw new IllegalStateException("nobody catches this");
            case DAEMONS_IN_A_QUERY -> query(source, true);
        }
    }

    private static Source source(boolean pooled, String url, String user, String password) {
        if (!pooled) {
            return () -> DriverManager.getConnection(url, user, password);
        }
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        source.setMinimumIdle(2);
        OPEN.add(source);
        return source::getConnection;
    }

    private static void leaveOpen(Connection connection) throws SQLException {
        OPEN.add(connection);
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        OPEN.add(statement);
        ResultSet rows = statement.executeQuery(LONG);
        OPEN.add(rows);
        rows.next();
    }

    /** Returns when every thread waits for the answer of a query that takes hours. */
    private static void query(Source source, boolean daemons) throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try (Connection connection = source.connect();
                        Statement statement = connection.createStatement()) {
                    sent.countDown();
                    statement.executeQuery(ENDLESS);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            thread.setDaemon(daemons);
            thread.start();
        }
        sent.await();
        // Some are in the middle of sending, others wait already: it must not matter.
        TimeUnit.MILLISECONDS.sleep(100);
    }
}
