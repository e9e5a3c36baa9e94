package dev.tidegate.bench.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Pace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class PoolBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void bothPoolsDoTheWork(Work work) throws Exception {
        for (String pool : List.of("Tidegate", "HikariCP")) {
            try (Lending lending = Lendings.open(pool, work, 2)) {
                Workers workers = new Workers(lending, 3, true);
                Object used = lending.use();
                switch (work) {
                    case BARE -> assertThat(used).isNotNull();
                    case SOURCE -> assertThat(((Connection) used).isClosed()).isTrue();
                    case SELECT -> assertThat(used).isEqualTo(1);
                }
                while (workers.uses() < 100) {
                    Thread.onSpinWait();
                }
                workers.stop();
            }
        }
    }

    @Test
    void aUseThatFailsIsNotCountedAsWork() throws Exception {
        Lending failing = new Lending() {
            @Override
            public Object use() throws SQLException {
                throw new SQLException("refused");
            }

            @Override
            public void close() {}
        };
        Workers workers = new Workers(failing, 1, false);
        assertThatThrownBy(() -> {
                    while (workers.uses() == 0) {
                        Thread.onSpinWait();
                    }
                })
                .hasRootCauseMessage("refused");
        workers.stop();
    }

    @Test
    void everyPointThatIsAskedForIsMeasured() {
        List<Comparison> all = new PoolWorkload().comparisons(new Pace(1, Duration.ZERO, Duration.ofMillis(1)));
        assertThat(all).hasSize(3 * 2 * 4 * 2).extracting(Comparison::label).doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(point -> assertThat(point.contenders())
                        .extracting(Contender::name)
                        .containsExactly("Tidegate", "HikariCP"));
        assertThat(all).extracting(Comparison::label).contains("SELECT 1, 32 connections, 200 virtual");
    }
}
