package dev.tidegate.bench.gate;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Measures what our contenders allocate, and how many bytes they send for a row. Of wall and processor time it takes no notice. A machine
 * that is busy compiles late, and code that is not compiled allocates more: a value that is too high is measured again with more time.
 */
public final class Gate {
    private static final int ROWS = 50_000;
    private static final List<Duration> WARM_UPS = List.of(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(20));
    private static final Duration MEASURED = Duration.ofMillis(500);
    private static final String ALLOCATED = "allocated";

    private final List<Workload> workloads;
    private final BiPredicate<String, String> counts;

    /** @param counts whether a contender, the second, of a comparison, the first, does; both by their labels */
    public Gate(List<Workload> workloads, BiPredicate<String, String> counts) {
        this.workloads = List.copyOf(workloads);
        this.counts = counts;
    }

    /**
     * @param baseline what is not within it is measured again; null: every value is good
     * @return the counters by their names
     */
    public Map<String, Double> measure(Baseline baseline) throws Exception {
        Map<String, Double> best = new TreeMap<>();
        for (int attempt = 0; attempt < WARM_UPS.size(); attempt++) {
            Pace pace = new Pace(1, WARM_UPS.get(attempt), MEASURED, ROWS);
            for (Workload workload : workloads) {
                for (Comparison comparison : workload.comparisons(pace)) {
                    measure(workload.name(), comparison, baseline, best);
                }
            }
        }
        return best;
    }

    private void measure(String workload, Comparison comparison, Baseline baseline, Map<String, Double> best) throws Exception {
        for (Contender contender : ours(comparison)) {
            String name = workload + " | " + comparison.label() + " | " + contender.name();
            if (!counts.test(comparison.label(), contender.name()) || isGood(name, baseline, best)) {
                continue;
            }
            counters(name, contender.probe().run()).forEach((counter, value) -> best.merge(counter, value, Math::min));
        }
    }

    /** The first one is ours, whatever its role says. */
    private static List<Contender> ours(Comparison comparison) {
        List<Contender> ours = new ArrayList<>();
        for (Contender contender : comparison.contenders()) {
            if (ours.isEmpty() || contender.role() == Contender.Role.OURS) {
                ours.add(contender);
            }
        }
        return ours;
    }

    private static boolean isGood(String name, Baseline baseline, Map<String, Double> best) {
        List<Map.Entry<String, Double>> known =
                best.entrySet().stream().filter(each -> each.getKey().startsWith(name + " | ")).toList();
        return !known.isEmpty()
                && (baseline == null || known.stream().allMatch(each -> baseline.allows(each.getKey(), each.getValue())));
    }

    private static Map<String, Double> counters(String name, List<Figure> figures) {
        Map<String, Double> counters = new TreeMap<>();
        find(figures, ALLOCATED).ifPresent(figure -> counters.put(name + " | allocated, " + figure.unit(), figure.value()));
        Optional<Figure> line = find(figures, "line");
        Optional<Figure> rows = find(figures, "rows");
        if (line.isPresent() && rows.isPresent()) {
            // Megabytes and thousands of rows, both a second.
            counters.put(name + " | line, B/row", line.get().value() * 1_000 / rows.get().value());
        }
        return counters;
    }

    private static Optional<Figure> find(List<Figure> figures, String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }
}
