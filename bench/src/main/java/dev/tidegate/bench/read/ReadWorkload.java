package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
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

/** Reading of whole results, from a peer that answers from memory. */
public final class ReadWorkload implements Workload {
    @Override
    public String name() {
        return "read";
    }

    @Override
    public String title() {
        return "reading a result: Tidegate, its peers, and the raw drain of the same bytes";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        List<Comparison> all = new ArrayList<>();
        for (DataSet set : DataSet.values()) {
            all.add(new Comparison(
                    set.table(),
                    Arrays.stream(ReadContender.values())
                            .filter(contender -> contender.takes(set))
                            .map(contender -> new Contender(
                                    contender.label(), contender.role(), new ReadProbe(contender, set, pace)))
                            .toList()));
        }
        return all;
    }

    @Override
    public String table(List<Result> results) {
        return results.stream().map(MarkdownTable::ofContenders).collect(Collectors.joining("\n"));
    }
}
