package dev.tidegate.bench.chart;

import dev.tidegate.bench.frame.Contender.Role;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One comparison by its first figure: a bar for each contender.
 *
 * @param label the comparison's, and the figure
 * @param unit of the figure, as it is printed
 * @param higherWins which of two values is better
 */
record BarGroup(String label, String unit, boolean higherWins, List<Bar> bars) {
    /** @param value the median of its runs */
    record Bar(String name, Role role, double value) {}

    double longest() {
        return bars.stream().mapToDouble(Bar::value).max().orElse(0);
    }

    /** The value, and for ours how many times as good it is as the best peer's and the limit's. */
    String told(Bar bar) {
        StringBuilder text = new StringBuilder(shown(bar.value)).append(' ').append(unit);
        if (bar.role == Role.OURS) {
            ratio(bar, Role.PEER).ifPresent(ratio -> text.append(", ").append(shown(ratio)).append(" × the best peer"));
        }
        if (bar.role != Role.LIMIT) {
            ratio(bar, Role.LIMIT).ifPresent(ratio -> text.append(", ").append(shown(ratio)).append(" × the limit"));
        }
        return text.toString();
    }

    private OptionalDouble ratio(Bar bar, Role role) {
        return bars.stream()
                .filter(other -> other.role == role && other != bar)
                .mapToDouble(other -> higherWins ? bar.value / other.value : other.value / bar.value)
                .min();
    }

    private static String shown(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
