package dev.tidegate.bench;

import dev.tidegate.bench.chart.ChartCommand;
import dev.tidegate.bench.close.CloseWorkload;
import dev.tidegate.bench.engine.EngineWorkload;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.JsonReport;
import dev.tidegate.bench.frame.Result;
import dev.tidegate.bench.frame.Turns;
import dev.tidegate.bench.frame.Workload;
import dev.tidegate.bench.jdbc.JdbcWorkload;
import dev.tidegate.bench.load.LoadWorkload;
import dev.tidegate.bench.look.LookWorkload;
import dev.tidegate.bench.memory.MemoryWorkload;
import dev.tidegate.bench.pool.PoolWorkload;
import dev.tidegate.bench.read.ReadWorkload;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code tidegate bench}: runs workloads against their peers and prints the medians, or draws what was measured. Exit code 0 if everything ran, 1 if a run failed, 2 if
 * the command line is wrong.
 */
public final class Bench {
    private static final List<Workload> WORKLOADS = List.of(
            new ReadWorkload(),
            new LoadWorkload(),
            new EngineWorkload(),
            new MemoryWorkload(),
            new JdbcWorkload(),
            new PoolWorkload(),
            new CloseWorkload(),
            new LookWorkload());

    private final BenchArguments arguments;
    private final PrintStream out;
    private final PrintStream progress;

    private Bench(BenchArguments arguments, PrintStream out, PrintStream progress) {
        this.arguments = arguments;
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            if (args.length > 0 && args[0].equals("chart")) {
                ChartCommand.run(List.of(args).subList(1, args.length), out);
                return 0;
            }
            BenchArguments arguments = BenchArguments.parse(args, WORKLOADS.stream().map(Workload::name).toList());
            if (arguments.help()) {
                out.print(BenchArguments.usage(WORKLOADS));
                return 0;
            }
            new Bench(arguments, out, err).run();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage() + "; --help says what can be asked for");
            return 2;
        } catch (Exception e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws Exception {
        Map<Workload, List<Comparison>> wanted = wanted();
        out.println(machine());
        Map<String, List<Result>> measured = new LinkedHashMap<>();
        for (Map.Entry<Workload, List<Comparison>> each : wanted.entrySet()) {
            measured.put(each.getKey().name(), run(each.getKey(), each.getValue()));
        }
        if (arguments.json() != null) {
            try {
                Files.writeString(arguments.json(), JsonReport.of(machine(), measured));
            } catch (IOException e) {
                throw new UncheckedIOException("the figures cannot be written to " + arguments.json(), e);
            }
        }
    }

    /** Known before anything runs; a workload of which no row is wanted is left out. */
    private Map<Workload, List<Comparison>> wanted() {
        Map<Workload, List<Comparison>> wanted = new LinkedHashMap<>();
        for (Workload workload : WORKLOADS) {
            if (arguments.wants(workload.name())) {
                List<Comparison> rows = workload.comparisons(arguments.pace()).stream()
                        .filter(comparison -> arguments.wantsRow(comparison.label()))
                        .toList();
                if (!rows.isEmpty()) {
                    wanted.put(workload, rows);
                }
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("nothing that is measured has '" + arguments.only() + "' in its name");
        }
        return wanted;
    }

    private List<Result> run(Workload workload, List<Comparison> rows) throws Exception {
        Turns turns = new Turns(arguments.pace(), line -> progress.println("  " + line));
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : rows) {
            Result result = turns.run(comparison);
            results.add(result);
            progress.println("  " + result);
        }
        out.println();
        out.println(workload.title());
        out.println();
        out.print(workload.table(results));
        return results;
    }

    private static String machine() {
        Runtime.Version version = Runtime.version();
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("java.vm.name") + " "
                + version;
    }
}
