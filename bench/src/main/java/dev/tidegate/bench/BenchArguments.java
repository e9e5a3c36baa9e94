package dev.tidegate.bench;

import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command line.
 *
 * @param names of the workloads that are wanted
 * @param only text that the labels of the wanted rows contain; empty: all rows
 * @param json where all values go; null: nowhere
 */
record BenchArguments(Set<String> names, Pace pace, String only, Path json, boolean help) {
    private static final String ALL = "all";

    /** @throws IllegalArgumentException naming what is wrong */
    static BenchArguments parse(String[] args, List<String> known) {
        Set<String> names = new TreeSet<>();
        int rounds = 3;
        Duration measured = Duration.ofSeconds(2);
        int rows = Pace.DEFAULT_ROWS;
        String only = "";
        Path json = null;
        boolean help = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = number(args, i++);
                case "--millis" -> measured = Duration.ofMillis(number(args, i++));
                case "--rows" -> rows = number(args, i++);
                case "--only" -> only = value(args, i++);
                case "--json" -> json = writable(value(args, i++));
                case "--help", "-h" -> help = true;
                case ALL -> names.addAll(known);
                default -> names.add(workload(args[i], known));
            }
        }
        if (names.isEmpty() && !help) {
            throw new IllegalArgumentException("a workload is missing");
        }
        return new BenchArguments(names, new Pace(rounds, measured, measured, rows), only, json, help);
    }

    boolean wants(String workload) {
        return names.contains(workload);
    }

    boolean wantsRow(String label) {
        return label.contains(only);
    }

    static String usage(List<Workload> workloads) {
        StringBuilder text = new StringBuilder("""
                Usage: tidegate bench WORKLOAD… [--rounds N] [--millis N] [--rows N] [--only TEXT] [--json FILE]
                       tidegate bench chart FILE… --out DIR
                Measures Tidegate and its peers in turn, each run in a JVM of its own, and prints the medians.

                  --rounds N    runs of each contender (3)
                  --millis N    time measured in a run, after as long a warm-up (2000)
                  --rows N      rows of a table that is read or loaded (%d)
                  --only TEXT   only tables and rows whose label contains the text
                  --json FILE   every value that was measured; 'chart' draws such files, as SVG and PNG

                Workloads:
                """.formatted(Pace.DEFAULT_ROWS));
        for (Workload workload : workloads) {
            text.append(String.format("  %-12s  %s%n", workload.name(), workload.title()));
        }
        return text.append(String.format("  %-12s  %s%n", ALL, "everything")).toString();
    }

    private static String workload(String name, List<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no workload and no option; there are " + String.join(", ", known) + " and " + ALL);
        }
        return name;
    }

    private static String value(String[] args, int option) {
        if (option + 1 >= args.length) {
            throw new IllegalArgumentException(args[option] + " needs a value");
        }
        return args[option + 1];
    }

    /** Told before anything runs: the figures of an hour would be lost. */
    private static Path writable(String name) {
        Path file = Path.of(name);
        Path folder = file.toAbsolutePath().getParent();
        boolean isThere = Files.exists(file);
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(isThere ? file : folder)) {
            throw new IllegalArgumentException("--json " + name + ": no file can be written there");
        }
        return file;
    }

    private static int number(String[] args, int option) {
        String value = value(args, option);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(args[option] + "=" + value + " is not a whole number", e);
        }
    }
}
