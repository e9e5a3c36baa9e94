package dev.tidegate.bench.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All runs of a comparison. Not thread-safe. */
public final class Result {
    private final String label;
    private final Map<String, List<List<Figure>>> runs = new LinkedHashMap<>();
    private final Map<String, Contender.Role> roles = new LinkedHashMap<>();

    Result(Comparison comparison) {
        label = comparison.label();
        for (Contender contender : comparison.contenders()) {
            roles.put(contender.name(), runs.isEmpty() ? Contender.Role.OURS : contender.role());
            runs.put(contender.name(), new ArrayList<>());
        }
    }

    void add(String contender, List<Figure> figures) {
        runs.get(contender).add(List.copyOf(figures));
    }

    public String label() {
        return label;
    }

    /** Ours first. */
    public List<String> contenders() {
        return List.copyOf(runs.keySet());
    }

    public Contender.Role role(String contender) {
        return roles.get(contender);
    }

    /** The names of what was measured; the first one is what the comparison is about. */
    public List<String> figures() {
        return runs.values().iterator().next().getFirst().stream().map(Figure::name).toList();
    }

    /** What each run has measured, in the order of the runs. */
    public double[] values(String contender, String figure) {
        return runs.get(contender).stream().mapToDouble(run -> find(run, figure).value()).toArray();
    }

    /** The middle one of the runs; with an even number of runs the mean of the two in the middle. */
    public Figure median(String contender, String figure) {
        double[] sorted = values(contender, figure);
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return find(runs.get(contender).getFirst(), figure).with(median);
    }

    /** How many times as good ours is as the best of the peers; over 1: ours wins. */
    public double ratio(String figure) {
        return ratio(contenders().getFirst(), figure, Contender.Role.PEER);
    }

    /**
     * How many times as good a contender is as the best of the others that have a role; over 1: it wins.
     *
     * @return infinite if nobody else has the role
     */
    public double ratio(String contender, String figure, Contender.Role role) {
        Figure own = median(contender, figure);
        boolean higher = own.better() == Figure.Better.HIGHER;
        double worst = Double.POSITIVE_INFINITY;
        for (String other : contenders()) {
            if (roles.get(other) == role && !other.equals(contender)) {
                double theirs = median(other, figure).value();
                worst = Math.min(worst, higher ? own.value() / theirs : theirs / own.value());
            }
        }
        return worst;
    }

    /** The label, and the ratio of the first figure. */
    @Override
    public String toString() {
        String first = figures().getFirst();
        return label + ": " + first + " " + String.format(Locale.ROOT, "%.2f", ratio(first)) + " times the best peer's";
    }

    private static Figure find(List<Figure> run, String name) {
        return run.stream().filter(figure -> figure.name().equals(name)).findFirst().orElseThrow();
    }
}
