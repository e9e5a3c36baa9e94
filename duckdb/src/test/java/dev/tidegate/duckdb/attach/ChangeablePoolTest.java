package dev.tidegate.duckdb.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The settings of a pool are replaced while others use it, wait for it, or come to it. */
@Timeout(120)
class ChangeablePoolTest {
    private static final PoolSettings ONE =
            PoolSettings.builder().maximumPoolSize(1).build();
    private static final PoolSettings FOUR =
            PoolSettings.builder().maximumPoolSize(4).build();

    private static EmbeddedSqlServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ChangeablePool pool = new ChangeablePool(
            ConnectionSettings.builder()
                    .host("127.0.0.1")
                    .port(server.port())
                    .database("demo")
                    .login("sa", "Secret-1")
                    .set(ConnectionProperty.ENCRYPT, "false")
                    .build(),
            ONE);

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void end() {
        pool.close();
        threads.shutdownNow();
    }

    private void use() throws SQLException {
        try (TdsConnection connection = pool.acquire(new Run(Duration.ZERO))) {
            finish(connection);
        }
    }

    private static void finish(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("SELECT 1")) {
            response.finish();
        }
    }

    @Test
    void whoWaitsGetsTheConnectionOrANewOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            pool.change(ONE);
            TdsConnection held = pool.acquire(new Run(Duration.ZERO));
            Future<?> waits = threads.submit(() -> {
                use();
                return null;
            });
            while (pool.statistics().waiting() == 0) {
                Thread.onSpinWait();
            }
            pool.change(FOUR);
            use();
            finish(held);
            held.close();
            waits.get(60, TimeUnit.SECONDS);
            use();
            assertThat(pool.statistics().maximum()).isEqualTo(4);
            assertThat(pool.statistics().active()).isZero();
        }
    }

    /** Those that have just found the pool that is replaced in this moment among them. */
    @Test
    @Guarantee(value = "G18", surface = Surface.P)
    void nobodyLosesAConnectionByAChange() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger uses = new AtomicInteger();
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(threads.submit(() -> {
                while (!over.get()) {
                    use();
                    uses.incrementAndGet();
                }
                return null;
            }));
        }
        long begun = System.nanoTime();
        int changes = 0;
        while (changes < 20
                || changes < 400
                        && System.nanoTime() - begun < Duration.ofSeconds(4).toNanos()) {
            pool.change(changes % 2 == 0 ? FOUR : ONE);
            changes++;
        }
        over.set(true);
        for (Future<?> user : users) {
            user.get(60, TimeUnit.SECONDS);
        }
        assertThat(uses.get()).isPositive();
        use();
        assertThat(pool.statistics().active()).isZero();
        assertThat(pool.statistics().maximum()).isIn(1, 4);
    }

    @Test
    void aClosedPoolIsNotChanged() {
        pool.close();
        assertThatThrownBy(() -> pool.change(FOUR))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
        assertThatThrownBy(() -> pool.acquire(new Run(Duration.ZERO))).hasMessageContaining("closed");
    }
}
