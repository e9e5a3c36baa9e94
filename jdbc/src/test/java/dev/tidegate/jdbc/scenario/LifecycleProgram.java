package dev.tidegate.jdbc.scenario;

import dev.tidegate.jdbc.TidegateDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The main class of {@link LifecycleStressTest}'s processes: scenario, URL, user, password. */
final class LifecycleProgram {
    enum Scenario {
        CONNECTION_CLOSE_DURING_ACTIVE_QUERY("closed with pending results", 0),
        CONCURRENT_CURSOR_OPERATIONS("completed: 60 results", 0),
        AGGRESSIVE_THREADING_ABRUPT_EXIT("exiting with active threads and pending queries", 3);

        private final String lastWords;
        private final int exitCode;

        Scenario(String lastWords, int exitCode) {
            this.lastWords = lastWords;
            this.exitCode = exitCode;
        }

        String lastWords() {
            return lastWords;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final Scenario scenario;
    private final String url;
    private final String user;
    private final String password;

    private LifecycleProgram(String... arguments) {
        scenario = Scenario.valueOf(arguments[0]);
        url = arguments[1];
        user = arguments[2];
        password = arguments[3];
    }

    public static void main(String... arguments) throws Exception {
        LifecycleProgram program = new LifecycleProgram(arguments);
        switch (program.scenario) {
            case CONNECTION_CLOSE_DURING_ACTIVE_QUERY -> program.closeDuringActiveQuery();
            case CONCURRENT_CURSOR_OPERATIONS -> program.concurrentCursors();
            case AGGRESSIVE_THREADING_ABRUPT_EXIT -> program.abruptExit();
        }
        System.out.println(program.scenario.lastWords());
        if (program.scenario.exitCode() != 0) {
            System.exit(program.scenario.exitCode());
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** What is pending stays so until the end of the process. */
    private void closeDuringActiveQuery() throws SQLException {
        Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OnProxiedServer.ENDLESS);
        connection.close();
        if (!rows.isClosed()) {
            throw new IllegalStateException("the result is open");
        }
    }

    private void concurrentCursors() throws Exception {
        AtomicInteger results = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int first = i * 100;
            Thread thread = new Thread(() -> {
                try {
                    Connection connection = connect();
                    for (int value = first; value < first + 15; value++) {
                        // Not closed: that is left to the connection, and to the collector.
                        ResultSet rows = connection.createStatement().executeQuery("SELECT " + value + " AS value");
                        if (rows.next() && rows.getInt(1) == value) {
                            results.incrementAndGet();
                        }
                    }
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (results.get() != 60) {
            throw new IllegalStateException(results + " results");
        }
    }

    /** Three threads with queries that have no end, on one connection and on those of a pool, while the process exits. */
    private void abruptExit() throws Exception {
        Connection shared = connect();
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        CountDownLatch running = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                try {
                    Connection own = source.getConnection();
                    // The rest of the one before goes into memory, or is given up; either is right here.
                    shared.createStatement().executeQuery("SELECT TOP 3 object_id FROM sys.all_objects");
                    ResultSet rows = own.createStatement().executeQuery(OnProxiedServer.ENDLESS);
                    running.countDown();
                    while (rows.next()) {}
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        running.await();
    }
}
