package dev.tidegate.bench.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counters by what they count, as they were when somebody found them good. A line of its file is the value, a tab, and the name. */
public final class Baseline {
    /** What a counter may be over its value before it is a regression: a share of it, and bytes for those near nothing. */
    static final double TOLERATED_SHARE = 0.10;

    static final double TOLERATED_BYTES = 4;

    private final Map<String, Double> values;

    Baseline(Map<String, Double> values) {
        this.values = new TreeMap<>(values);
    }

    /** @throws IOException if it cannot be read, or a line is not as described */
    public static Baseline read(Path file) throws IOException {
        Map<String, Double> values = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            try {
                values.put(line.substring(tab + 1), Double.valueOf(line.substring(0, Math.max(0, tab))));
            } catch (NumberFormatException e) {
                throw new IOException(file + ": '" + line + "' is not a number, a tab and a name", e);
            }
        }
        return new Baseline(values);
    }

    /** Puts values in the place of what the file had. */
    public static void write(Path file, Map<String, Double> values) throws IOException {
        Files.writeString(
                file,
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(each -> String.format(Locale.ROOT, "%.1f\t%s%n", each.getValue(), each.getKey()))
                                .collect(Collectors.joining()));
    }

    /** Whether a value of this name is within what is tolerated; false without a value to compare with. */
    public boolean allows(String name, double measured) {
        Double before = values.get(name);
        return before != null && measured <= before * (1 + TOLERATED_SHARE) + TOLERATED_BYTES;
    }

    /** A sentence for each value that has got worse, has nothing to be compared with, or is not measured any more. */
    public List<String> regressions(Map<String, Double> measured) {
        List<String> found = new ArrayList<>();
        new TreeMap<>(measured).forEach((name, value) -> {
            Double before = values.get(name);
            if (before == null) {
                found.add(name + " is new: " + shown(value) + " (write the baseline again)");
            } else if (!allows(name, value)) {
                found.add(name + ": " + shown(value) + " where it was " + shown(before));
            }
        });
        for (String name : values.keySet()) {
            if (!measured.containsKey(name)) {
                found.add(name + " is not measured any more (write the baseline again)");
            }
        }
        return found;
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
