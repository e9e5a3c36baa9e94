package dev.tidegate.jdbc.compared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Tidegate's pool and driver make of failures, beside what HikariCP over mssql-jdbc makes of them. Ours is asserted; theirs is only
 * recorded, in {@code target/guarantees-compared.md}, so that a new version of theirs cannot fail this build. The document
 * {@code docs/guarantees-compared.md} is renewed with {@code -Dguarantees.write=true}; its columns of ours are checked.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComparedStacksTest {
    private static final Path DOCUMENT = Path.of("../docs/guarantees-compared.md");
    private static final Path REPORT = Path.of("target/guarantees-compared.md");

    /** Ours comes back in about a second where anything is to be waited for at all; the rest is for a slow machine. */
    private static final Duration OURS = Duration.ofSeconds(40);

    private static final Duration THEIRS = Duration.ofSeconds(4);

    private static EmbeddedSqlServer server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .database("other")
                .login(Stack.USER, Stack.PASSWORD)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Guarantee(value = "G14", surface = Surface.P)
    @Guarantee(value = "G16", surface = Surface.P)
    @Guarantee(value = "G19", surface = Surface.P)
    @ParameterizedTest
    @EnumSource
    void ours(Scenario scenario) throws Exception {
        assertThat(observe(scenario, Stack.TIDEGATE)).isEqualTo(scenario.expected(Stack.TIDEGATE));
    }

    /** What is the driver's to do holds under another pool too; what is the pool's does not. */
    @Guarantee("G14")
    @Guarantee("G28")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RESTART", "SERVER_DOWN"})
    void oursUnderHikari(Scenario scenario) throws Exception {
        assertThat(observe(scenario, Stack.HIKARI_OVER_TIDEGATE))
                .isEqualTo(scenario.expected(Stack.HIKARI_OVER_TIDEGATE));
    }

    @Test
    void theReportIsWrittenAndTheDocumentSaysTheSameOfOurs() throws Exception {
        Map<Scenario, String> peers = observeAll(Stack.HIKARI_OVER_MSSQL);
        String report = ComparedReport.of(peers);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report);
        if (Boolean.getBoolean("guarantees.write")) {
            Files.writeString(DOCUMENT, report);
        }
        assertThat(ComparedReport.withoutPeers(Files.readString(DOCUMENT)))
                .isEqualTo(ComparedReport.withoutPeers(report));
    }

    /** Several at a time, because much of it is waiting in vain. Whatever a peer does is an outcome. */
    private static Map<Scenario, String> observeAll(Stack stack) throws Exception {
        Map<Scenario, String> observed = new EnumMap<>(Scenario.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Logger log = Logger.getLogger("com.microsoft.sqlserver.jdbc");
        log.setLevel(Level.OFF);
        try {
            List<Future<String>> trials = new ArrayList<>();
            for (Scenario scenario : Scenario.values()) {
                trials.add(threads.submit(() -> {
                    try {
                        return observe(scenario, stack);
                    } catch (SQLException e) {
                        return Trial.error(e);
                    }
                }));
            }
            for (Scenario scenario : Scenario.values()) {
                observed.put(scenario, trials.get(scenario.ordinal()).get());
            }
        } finally {
            threads.shutdownNow();
            log.setLevel(null);
        }
        return observed;
    }

    private static String observe(Scenario scenario, Stack stack) throws Exception {
        try (Trial trial = new Trial(stack, server, stack == Stack.HIKARI_OVER_MSSQL ? THEIRS : OURS)) {
            return scenario.observe(trial);
        }
    }
}
