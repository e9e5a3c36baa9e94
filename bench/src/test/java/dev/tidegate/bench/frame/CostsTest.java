package dev.tidegate.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CostsTest {
    @Test
    void theWarmUpIsNotMeasured() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Costs costs = Costs.measure(
                () -> {
                    runs.incrementAndGet();
                    return 5;
                },
                5,
                0,
                0);
        assertThat(runs).hasValue(3);
        assertThat(costs.rows()).isEqualTo(5);
        assertThat(costs.nanos()).isPositive();
    }

    @Test
    void whoReadsTooFewRowsIsNotFaster() {
        assertThatThrownBy(() -> Costs.measure(() -> 4, 5, 0, 0)).hasMessage("4 rows instead of 5");
    }

    @Test
    void theFiguresAreOfARow() {
        assertThat(new Costs(2_000, 500_000_000, 1_000_000_000, 64_000, 3_000_000).figures(100))
                .extracting(Figure::name, Figure::value)
                .containsExactly(
                        tuple("rows", 4.0),
                        tuple("line", 0.4),
                        tuple("CPU", 500.0),
                        tuple("allocated", 32.0),
                        tuple("peak RSS", 3.0));
    }

    @Test
    void whatIsPrintedIsRead() {
        Costs costs = new Costs(1, 2, 3, 4, 5);
        assertThat(Costs.parse(costs.print())).isEqualTo(costs);
        for (String wrong : List.of("", "1 2 3 4", "1 2 3 4 five")) {
            assertThatThrownBy(() -> Costs.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
