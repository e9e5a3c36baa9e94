package dev.tidegate.bench.engine;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MarkdownTable;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Result;
import dev.tidegate.bench.frame.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Whole tables from the embedded server into DuckDB, and back. */
public final class EngineWorkload implements Workload {
    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String title() {
        return "a table from the embedded server into DuckDB, and back, end to end: Tidegate and mssql-jdbc";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        return List.of(
                comparison(LineItemServer.SET.table() + " into DuckDB", false, pace),
                comparison(LineItemServer.SET.table() + " from DuckDB", true, pace));
    }

    private static Comparison comparison(String label, boolean loads, Pace pace) {
        return new Comparison(
                label,
                Arrays.stream(EngineContender.values())
                        .filter(contender -> contender.loads() == loads)
                        .map(contender -> new Contender(contender.label(), contender.role(), new EngineProbe(contender, pace)))
                        .toList());
    }

    @Override
    public String table(List<Result> results) {
        return results.stream().map(MarkdownTable::ofContenders).collect(Collectors.joining("\n"));
    }
}
