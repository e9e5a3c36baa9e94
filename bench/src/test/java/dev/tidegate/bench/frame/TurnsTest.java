package dev.tidegate.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Pace THREE_ROUNDS = new Pace(3, Duration.ZERO, Duration.ofMillis(1));

    private final List<String> order = new ArrayList<>();

    @Test
    void contendersRunInTurn() throws Exception {
        List<String> progress = new ArrayList<>();
        new Turns(THREE_ROUNDS, progress::add).run(compared());
        assertThat(order).containsExactly("ours", "a", "b", "ours", "a", "b", "ours", "a", "b");
        assertThat(progress).hasSize(9).first().isEqualTo("work, round 1 of 3: ours");
    }

    @Test
    void mediansAndTheRatioToTheBestPeer() throws Exception {
        Result result = new Turns(THREE_ROUNDS, line -> {}).run(compared());
        assertThat(result.contenders()).containsExactly("ours", "a", "b");
        assertThat(result.figures()).containsExactly("speed", "cost");
        assertThat(result.values("ours", "speed")).containsExactly(30, 10, 20);
        assertThat(result.median("ours", "speed").value()).isEqualTo(20);
        assertThat(result.median("a", "speed").value()).isEqualTo(8);
        assertThat(result.ratio("speed")).isEqualTo(2);
        assertThat(result).hasToString("work: speed 2.00 times the best peer's");
        // Lower is better, and b has cost least.
        assertThat(result.ratio("cost")).isEqualTo(0.5);
    }

    @Test
    void anEvenNumberOfRunsHasItsMedianInTheMiddle() throws Exception {
        Pace two = new Pace(2, Duration.ZERO, Duration.ofMillis(1));
        assertThat(new Turns(two, line -> {}).run(compared()).median("ours", "speed").value()).isEqualTo(20);
    }

    @Test
    void aRunThatFailsEndsTheComparison() {
        Comparison failing = new Comparison(
                "work", List.of(contender("ours", 1, 1), new Contender("a", () -> {
                    throw new IllegalStateException("out of order");
                })));
        assertThatThrownBy(() -> new Turns(THREE_ROUNDS, line -> {}).run(failing)).hasMessage("out of order");
    }

    @Test
    void oneContenderIsNoComparison() {
        assertThatThrownBy(() -> new Comparison("work", List.of(contender("ours", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'work' compares nothing");
    }

    @Test
    void theTableShowsMediansAndRatios() throws Exception {
        Result result = new Turns(THREE_ROUNDS, line -> {}).run(compared());
        assertThat(MarkdownTable.of(List.of(result))).isEqualTo("""
                |      | ours, x/s | a, x/s | b, x/s | ratio | ours, B | a, B | b, B | ratio |
                |------|----------:|-------:|-------:|------:|--------:|-----:|-----:|------:|
                | work |      20.0 |   8.00 |   10.0 |  2.00 |    4.00 | 4.00 | 2.00 |  0.50 |
                """);
    }

    @Test
    void neitherTheLimitNorAReferenceIsAPeer() throws Exception {
        Comparison many = new Comparison(
                "work",
                List.of(
                        contender("ours", 4, 30),
                        as(Contender.Role.OURS, contender("also ours", 4, 12)),
                        contender("a", 4, 10),
                        as(Contender.Role.REFERENCE, contender("half the work", 4, 200)),
                        as(Contender.Role.LIMIT, contender("limit", 1, 60))));
        Result result = new Turns(new Pace(1, Duration.ZERO, Duration.ofMillis(1)), line -> {}).run(many);
        assertThat(result.ratio("speed")).isEqualTo(3);
        assertThat(result.ratio("also ours", "speed", Contender.Role.PEER)).isEqualTo(1.2);
        assertThat(result.ratio("ours", "speed", Contender.Role.LIMIT)).isEqualTo(0.5);
        assertThat(MarkdownTable.ofContenders(result)).isEqualTo("""
                | work          | speed, x/s | cost, B | to best peer | to limit |
                |---------------|-----------:|--------:|-------------:|---------:|
                | ours          |       30.0 |    4.00 |         3.00 |     0.50 |
                | also ours     |       12.0 |    4.00 |         1.20 |     0.20 |
                | a             |       10.0 |    4.00 |            – |     0.17 |
                | half the work |        200 |    4.00 |         20.0 |     3.33 |
                | limit         |       60.0 |    1.00 |         6.00 |        – |
                """);
    }

    private static Contender as(Contender.Role role, Contender contender) {
        return new Contender(contender.name(), role, contender.probe());
    }

    @Test
    void threeDigitsAreShown() {
        assertThat(MarkdownTable.number(12_345.6)).isEqualTo("12346");
        assertThat(MarkdownTable.number(99.94)).isEqualTo("99.9");
        assertThat(MarkdownTable.number(0.126)).isEqualTo("0.13");
        assertThat(MarkdownTable.number(0)).isEqualTo("0");
    }

    @Test
    void theReportHasEveryValue() throws Exception {
        Result result = new Turns(THREE_ROUNDS, line -> {}).run(compared());
        assertThat(JsonReport.of("a \"machine\"\n", Map.of("w", List.of(result)))).isEqualTo("""
                {"machine": "a \\"machine\\"\\u000a",
                 "workloads": {"w": [{"label": "work", "roles": {"ours": "OURS", "a": "PEER", "b": "PEER"}, "units": {"speed": "x/s", "cost": "B"}, "better": {"speed": "HIGHER", "cost": "LOWER"}, "figures": {\
                "speed": {"ours": [30.0, 10.0, 20.0], "a": [7.0, 8.0, 9.0], "b": [10.0, 10.0, 10.0]}, \
                "cost": {"ours": [4.0, 4.0, 4.0], "a": [4.0, 4.0, 4.0], "b": [2.0, 2.0, 2.0]}}}]}}
                """);
    }

    private Comparison compared() {
        return new Comparison(
                "work", List.of(contender("ours", 4, 30, 10, 20), contender("a", 4, 7, 8, 9), contender("b", 2, 10, 10, 10)));
    }

    private Contender contender(String name, double cost, double... speeds) {
        Iterator<Double> values = Arrays.stream(speeds).boxed().iterator();
        return new Contender(name, () -> {
            order.add(name);
            return List.of(
                    new Figure("speed", "x/s", Figure.Better.HIGHER, values.next()),
                    new Figure("cost", "B", Figure.Better.LOWER, cost));
        });
    }
}
