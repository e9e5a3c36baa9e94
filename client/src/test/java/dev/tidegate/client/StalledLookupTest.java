package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name service that does not answer: in a JVM of its own, whose file of hosts is a pipe that nobody writes to, so that every look-up of a
 * name waits for ever.
 */
@Timeout(180)
class StalledLookupTest {
    @TempDir
    private Path folder;

    @Guarantee(
            value = "G14",
            surface = {Surface.D, Surface.P})
    @Guarantee(
            value = "G34",
            surface = {Surface.D, Surface.P})
    @Test
    void theLimitHoldsAllTheSameAndTheProcessEnds() throws Exception {
        Path pipe = folder.resolve("hosts");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path run = Files.createDirectory(folder.resolve("run"));
        try (ChildJvm child =
                ChildJvm.of(Child.class).options("-Djdk.net.hosts.file=" + pipe).start(run)) {
            ChildJvm.Result result = child.await(Duration.ofSeconds(120));
            assertThat(result.errors()).isEmpty();
            assertThat(result.output().lines())
                    .containsExactly(
                            "driver HYT01 look-up true", "given up 08003", "pool HYT00", "left nothing but look-ups");
            assertThat(result.exitCode()).isZero();
        }
    }

    /** Everything that looks a name up. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ConnectionSettings.Builder settings = ConnectionSettings.builder()
                    .host("db.example")
                    .login("sa", "Secret-1")
                    .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0");
            try {
                TdsConnection.open(
                        settings.set(ConnectionProperty.LOGIN_TIMEOUT, "1").build());
            } catch (SQLException e) {
                System.out.println("driver " + e.getSQLState() + " look-up "
                        + e.getMessage().contains("look-up of host 'db.example' took longer"));
            }
            ConnectionSettings patient =
                    settings.set(ConnectionProperty.LOGIN_TIMEOUT, "600").build();
            PendingConnection pending = new PendingConnection(patient);
            Thread closer = new Thread(() -> {
                awaitLookup(2);
                pending.close();
            });
            closer.start();
            try {
                pending.open();
            } catch (SQLException e) {
                System.out.println("given up " + e.getSQLState());
            }
            closer.join();
            try (ConnectionPool pool = new ConnectionPool(patient, PoolSettings.defaults())) {
                pool.acquire(Duration.ofMillis(300));
            } catch (SQLException e) {
                System.out.println("pool " + e.getSQLState());
            }
            while (threads().anyMatch(name -> !name.equals("tidegate-lookup-db.example"))) {
                LockSupport.parkNanos(1_000_000);
            }
            System.out.println("left nothing but look-ups");
        }

        private static Stream<String> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("tidegate-"));
        }

        /** The JDK's own look-up cannot be ended: one of those before is still there. */
        private static void awaitLookup(int number) {
            while (threads().filter(name -> name.startsWith("tidegate-lookup-")).count() < number) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
