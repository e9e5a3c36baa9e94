package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server of the test's own, and threads. */
@Timeout(120)
abstract class OnPool {
    /** Has no end that a test would live to see. */
    static final String ENDLESS =
            "SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b CROSS JOIN sys.all_objects c"
                    + " CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e";

    static final String PASSWORD = "Secret-1";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .database("other")
                .login("sa", PASSWORD)
                .login("eve", PASSWORD)
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    EmbeddedSqlServer server() {
        return server;
    }

    /** The server hears of an end a little later. */
    void awaitNoConnections() throws InterruptedException {
        while (server.connections() > 0) {
            Thread.sleep(5);
        }
    }

    /** Of all pools: none once they are closed. */
    static List<String> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tidegate-pool-"))
                .toList();
    }

    ExecutorService threads() {
        return threads;
    }

    ConnectionPool pool(int size) {
        return new ConnectionPool(
                settings("sa", server.port()),
                PoolSettings.builder().maximumPoolSize(size).build());
    }

    static ConnectionSettings settings(String user, int port) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .database("demo")
                .login(user, PASSWORD)
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
    }

    static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    /** The first value of the first row, as a number. */
    static long number(TdsConnection connection, String sql) throws SQLException {
        try (Response response = rows(connection, sql)) {
            assertThat(response.nextRow()).isTrue();
            long number = response.row().getLong(0);
            response.finish();
            return number;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Positioned before the first row. */
    static Response rows(TdsConnection connection, String sql) throws SQLException {
        Response response = connection.execute(sql);
        while (!(response.next() instanceof Item.Rows)) {
            // What comes before the rows, such as the session's changes, is of no interest.
        }
        return response;
    }
}
