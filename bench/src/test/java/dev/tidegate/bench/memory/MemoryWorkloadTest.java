package dev.tidegate.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class MemoryWorkloadTest {
    /** Once through what repeats, and a part of it again. */
    private static final int ROWS = DataSet.REPEAT + 700;

    @ParameterizedTest
    @EnumSource
    void everyWayMovesAllRows(Way way) throws Exception {
        AtomicLong loaded = new AtomicLong();
        try (DataServer server = DataServer.start(ROWS, Tls.none(), loaded::addAndGet);
                DataServer data = DataServer.start(DataSet.REPEAT)) {
            assertThat(way.run(server.port(), data.port(), ROWS)).isEqualTo(ROWS);
            assertThat(loaded).hasValue(way.name().startsWith("LOAD") ? ROWS : 0);
        }
    }

    @Test
    void aProcessOfItsOwnGivesItsFigures() throws Exception {
        assertThat(new MemoryProbe(Way.LOAD_ARROW, ROWS, "256m").run())
                .extracting(Figure::name)
                .containsExactly("rows", "CPU", "allocated", "peak RSS");
    }

    @Test
    void aHeapThatDoesNotDoIsAFailure() {
        assertThatThrownBy(() -> new MemoryProbe(Way.LOAD_ROWS, ROWS, "8m").run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("LOAD_ROWS")
                .hasMessageContaining("OutOfMemoryError");
    }

    @Test
    void theHeapIsNamedAndSoAreTheRows() {
        Comparison only = new MemoryWorkload()
                .comparisons(new Pace(1, Duration.ZERO, Duration.ofMillis(1), 10_000_000))
                .getFirst();
        assertThat(only.label()).isEqualTo("lineitem, 10000000 rows, -Xmx256m");
        assertThat(only.contenders()).hasSize(Way.values().length).extracting(Contender::role).containsOnly(Contender.Role.OURS);
    }
}
