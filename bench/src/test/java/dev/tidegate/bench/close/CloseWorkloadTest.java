package dev.tidegate.bench.close;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class CloseWorkloadTest {
    private static final Pace SHORT = new Pace(1, Duration.ZERO, Duration.ofMillis(1));

    @ParameterizedTest
    @EnumSource
    void everyEndingEnds(Ending ending) throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .backend(new RowsBackend())
                .login(LatencyProbe.USER, LatencyProbe.PASSWORD)
                .start()) {
            Connection connection = DriverManager.getConnection(
                    "jdbc:tidegate://127.0.0.1:" + server.port() + ";encrypt=false",
                    LatencyProbe.USER,
                    LatencyProbe.PASSWORD);
            assertThat(ending.nanos(connection)).isPositive();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aRunOfAnotherProcessGivesItsFigures() throws Exception {
        assertThat(new LatencyProbe("jdbc:tidegate", Ending.IDLE, SHORT).run())
                .allSatisfy(figure -> assertThat(figure.value()).isPositive())
                .extracting(Figure::name)
                .containsExactly("p50", "p99");
    }

    @Test
    void everyEndingIsComparedWithThePeer() {
        assertThat(new CloseWorkload().comparisons(SHORT))
                .hasSize(Ending.values().length)
                .extracting(Comparison::label)
                .doesNotHaveDuplicates();
    }
}
