package dev.tidegate.bench.memory;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MarkdownTable;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Result;
import dev.tidegate.bench.frame.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All rows of lineitem, read and loaded in a small heap. Nothing is compared: whoever does not get through fails. */
public final class MemoryWorkload implements Workload {
    private static final String HEAP = "256m";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "reading and loading a table of any length (--rows 10000000) in a heap of " + HEAP + ": fails if that does not do";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        return List.of(new Comparison(
                Way.SET.table() + ", " + pace.rows() + " rows, -Xmx" + HEAP,
                Arrays.stream(Way.values())
                        .map(way -> new Contender(
                                way.label(), Contender.Role.OURS, new MemoryProbe(way, pace.rows(), HEAP)))
                        .toList()));
    }

    @Override
    public String table(List<Result> results) {
        return results.stream().map(MarkdownTable::ofContenders).collect(Collectors.joining("\n"));
    }
}
