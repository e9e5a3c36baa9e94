package dev.tidegate.bench.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Pace;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class LookBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"LOOK, false", "REQUEST, true"})
    void aLookFindsAnOpenLineAndARequestARow(LookBenchmark.What what, boolean found) throws Exception {
        LookBenchmark benchmark = new LookBenchmark();
        benchmark.what = what;
        benchmark.open();
        try {
            LookBenchmark.Counter counter = new LookBenchmark.Counter();
            counter.begin();
            assertThat(benchmark.call(counter)).isEqualTo(found);
            assertThat(benchmark.call(counter)).isEqualTo(found);
            counter.end();
            assertThat(counter.calls).isEqualTo(2);
            assertThat(counter.processorNanos).isNotNegative();
        } finally {
            benchmark.close();
        }
    }

    @Test
    void theLookIsSetAgainstTheRequest() {
        assertThat(new LookWorkload().comparisons(new Pace(1, Duration.ZERO, Duration.ofMillis(1))))
                .singleElement()
                .satisfies(point -> assertThat(point.contenders())
                        .extracting(Contender::name)
                        .containsExactly("look", "SELECT 1"));
    }
}
