package dev.tidegate.bench.jdbc;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MarkdownTable;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Result;
import dev.tidegate.bench.frame.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Small requests of programs, against mssql-jdbc and through the embedded server. */
public final class JdbcWorkload implements Workload {
    private static final List<Integer> THREADS = List.of(1, 16);

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String title() {
        return "point queries, pages and inserts: Tidegate's driver and mssql-jdbc, on the embedded server";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        List<Comparison> all = new ArrayList<>();
        for (Use use : Use.values()) {
            for (int threads : THREADS) {
                all.add(new Comparison(
                        use.label() + ", " + threads + (threads == 1 ? " thread" : " threads"),
                        Arrays.stream(Driver.values())
                                .map(driver -> new Contender(driver.label(), new JdbcProbe(driver, use, threads, pace)))
                                .toList()));
            }
        }
        return all;
    }

    @Override
    public String table(List<Result> results) {
        return results.stream().map(MarkdownTable::ofContenders).collect(Collectors.joining("\n"));
    }
}
