package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a server over H2, seen by Microsoft's driver. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerLifeTest {
    private static Connection connect(EmbeddedSqlServer server, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlserver://localhost:" + server.port() + ";encrypt=false;databaseName=" + database, "sa", "x");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aDirectoryKeepsWhatWasCommitted(@TempDir Path directory) throws IOException, SQLException {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .database("kept")
                .login("sa", "x")
                .directory(directory)
                .start()) {
            try (Connection connection = connect(server, "kept")) {
                run(connection, "create table t (id int identity primary key, at datetime2(3))");
                run(connection, "insert into t (at) values ('2024-02-29'), (null)");
            }
            Connection open = connect(server, "kept");
            open.setAutoCommit(false);
            run(open, "insert into t (at) values (null)");
        }
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .database("kept")
                        .login("sa", "x")
                        .directory(directory)
                        .start();
                Connection connection = connect(server, "kept")) {
            assertThat(count(connection, "t")).isEqualTo(2);
        }
    }

    @Test
    void databasesAreApart() throws IOException, SQLException {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .database("one")
                        .database("two")
                        .login("sa", "x")
                        .start();
                Connection one = connect(server, "one");
                Connection two = connect(server, "two")) {
            run(one, "create table t (id int)");
            assertThatThrownBy(() -> run(two, "select * from t")).isInstanceOf(SQLException.class);
            run(two, "use one");
            assertThat(count(two, "t")).isZero();
            assertThatThrownBy(() -> connect(server, "three"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(4060));
        }
    }

    @Test
    void closesUnderLoad() throws Exception {
        EmbeddedSqlServer server =
                EmbeddedSqlServer.builder().database("busy").login("sa", "x").start();
        try (Connection connection = connect(server, "busy")) {
            run(connection, "create table t (id int)");
            run(connection, "insert into t values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
        }
        CountDownLatch working = new CountDownLatch(6);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String sql = i % 2 == 0 ? "insert into t values (1)" : endless();
                clients.add(threads.submit(() -> workUntilClosed(server, sql, working)));
            }
            assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
            server.close();
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(server.connections()).isZero();
    }

    private static String endless() {
        return "select count(*) from t a cross join t b cross join t c cross join t d cross join t e cross join t f"
                + " cross join t g cross join t h cross join t i cross join t j cross join t k cross join t l";
    }

    private static void workUntilClosed(EmbeddedSqlServer server, String sql, CountDownLatch working) {
        try (Connection connection = connect(server, "busy")) {
            working.countDown();
            while (true) {
                run(connection, sql);
            }
        } catch (SQLException e) {
            working.countDown();
        }
    }
}
