package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.RecordingLog;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionReclaimTest {
    private static final String THREAD = "tidegate-reclaim";

    private final RecordingLog log = new RecordingLog();
    private final ConnectionReclaim reclaim = new ConnectionReclaim(log);
    /** Of tests before; they end when they come to it. */
    private final Set<Thread> others = all();

    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .login("sa", "Secret-1")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.D)
    void aConnectionThatWasLostIsClosedAndToldWithItsOrigin() throws Exception {
        lose("true");
        await(() -> server.connections() == 0);
        await(() -> threads() == 0);
        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains("lost without being closed", "127.0.0.1", "demo")
                .doesNotContain("leakDetection");
        assertThat(log.thrown().get(0).getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("lose"));
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.D)
    void withoutLeakDetectionTheWarningSaysHowToFindTheOrigin() throws Exception {
        lose("false");
        await(() -> server.connections() == 0);
        await(() -> !log.messages().isEmpty());
        assertThat(log.messages().get(0)).contains("leakDetection=true records where it was opened");
        assertThat(log.thrown()).isEmpty();
    }

    @Test
    void oneThatRunsARequestIsReclaimedWithIt() throws Exception {
        loseInTheMiddle();
        await(() -> server.connections() == 0);
        await(() -> log.messages().size() == 1);
    }

    @Test
    void whatIsClosedIsNotToldAndTheThreadEndsWithTheLastConnection() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<TdsConnection> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(TdsConnection.open(settings("true"), reclaim));
                assertThat(threads()).isPositive();
            }
            all.forEach(TdsConnection::close);
        }
        await(() -> threads() == 0);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aConnectionThatIsInUseIsLeftAlone() throws Exception {
        try (TdsConnection used = TdsConnection.open(settings("true"), reclaim)) {
            lose("true");
            await(() -> server.connections() == 1);
            assertThat(used.isValid(Duration.ofSeconds(20))).isTrue();
            assertThat(threads()).isEqualTo(1);
        }
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void aFailedOpenLeavesNoThread() {
        server.close();
        assertThatThrownBy(() -> TdsConnection.open(settings("true"), reclaim)).isInstanceOf(SQLException.class);
        assertThat(threads()).isZero();
    }

    private void lose(String leakDetection) throws SQLException {
        assertThat(TdsConnection.open(settings(leakDetection), reclaim).isOpen())
                .isTrue();
    }

    private void loseInTheMiddle() throws SQLException {
        assertThat(TdsConnection.open(settings("true"), reclaim).execute("SELECT 1"))
                .isNotNull();
    }

    private ConnectionSettings settings(String leakDetection) throws SQLException {
        return ConnectionSettings.parse(server.url() + ";user=sa;password=Secret-1;encrypt=false", null).toBuilder()
                .set(ConnectionProperty.LEAK_DETECTION, leakDetection)
                .build();
    }

    private long threads() {
        return all().stream().filter(thread -> !others.contains(thread)).count();
    }

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .collect(Collectors.toSet());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            System.gc();
            // What is waited for needs a processor too.
            Thread.sleep(5);
        }
    }
}
