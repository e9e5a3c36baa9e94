package dev.tidegate.client.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Java that was made without the Flight Recorder. */
@Timeout(120)
class WithoutFlightRecorderTest {
    @TempDir
    private Path folder;

    @Test
    void theDriverAndItsPoolWork() throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .port(0)
                        .database("demo")
                        .login("sa", "Secret-1")
                        .start();
                ChildJvm child = ChildJvm.of(Child.class, Integer.toString(server.port()))
                        .options("--limit-modules", "java.base,java.sql,java.naming")
                        .start(folder)) {
            ChildJvm.Result result = child.await(Duration.ofSeconds(90));
            assertThat(result.errors()).isEmpty();
            assertThat(result.output().trim()).isEqualTo("recorder false, 2 cancelled, 1 timed out");
            assertThat(result.exitCode()).isZero();
        }
    }

    /** What every kind of event would be told of. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ConnectionSettings settings = ConnectionSettings.builder()
                    .host("127.0.0.1")
                    .port(Integer.parseInt(arguments[0]))
                    .database("demo")
                    .login("sa", "Secret-1")
                    .set(ConnectionProperty.ENCRYPT, "false")
                    .build();
            int cancelled = 0;
            int timedOut = 0;
            try (TdsConnection connection = TdsConnection.open(settings)) {
                cancelled += cancel(connection);
            }
            try (ConnectionPool pool = new ConnectionPool(
                    settings, PoolSettings.builder().maximumPoolSize(1).build())) {
                try (TdsConnection connection = pool.acquire()) {
                    cancelled += cancel(connection);
                    pool.acquire(Duration.ofMillis(20)).close();
                } catch (SQLException e) {
                    timedOut++;
                }
                pool.evict();
            }
            System.out.println(
                    "recorder " + ModuleLayer.boot().findModule("jdk.jfr").isPresent() + ", " + cancelled
                            + " cancelled, " + timedOut + " timed out");
        }

        private static int cancel(TdsConnection connection) throws SQLException {
            try (Response response = connection.execute("WAITFOR DELAY '00:01:00'")) {
                connection.cancel();
                response.finish();
                return 0;
            } catch (SQLException e) {
                return 1;
            }
        }
    }
}
