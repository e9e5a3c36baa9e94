package dev.tidegate.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What the figures of a run that read or loaded rows must be like, however short it was. */
public final class MeasuredRun {
    private MeasuredRun() {}

    public static void check(List<Figure> figures) {
        assertThat(figures).extracting(Figure::name).containsExactly("rows", "line", "CPU", "allocated", "peak RSS");
        assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isNotNegative());
        // The system counts processor time in ticks of 10 ms: so few rows may need less than one.
        assertThat(figures)
                .filteredOn(figure -> List.of("rows", "line", "allocated").contains(figure.name()))
                .hasSize(3)
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }
}
