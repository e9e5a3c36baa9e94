package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MarkdownTable;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Result;
import dev.tidegate.bench.frame.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Loading of whole tables, into a peer that looks at the framing only. */
public final class LoadWorkload implements Workload {
    @Override
    public String name() {
        return "load";
    }

    @Override
    public String title() {
        return "loading a table: Tidegate, mssql-jdbc, and the raw writer of the same packets, into a peer that checks these only";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        return Arrays.stream(DataSet.values()).map(set -> comparison(set, pace)).toList();
    }

    private static Comparison comparison(DataSet set, Pace pace) {
        return new Comparison(
                set.table(),
                Arrays.stream(LoadContender.values())
                        .map(contender -> new Contender(
                                contender.label(), contender.role(), new LoadProbe(contender, set, pace)))
                        .toList());
    }

    @Override
    public String table(List<Result> results) {
        return results.stream().map(MarkdownTable::ofContenders).collect(Collectors.joining("\n"));
    }
}
