package dev.tidegate.bench.close;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.util.ArrayList;
import java.util.List;

/** Closing and cancelling, against mssql-jdbc, through the same server and the same proxy. */
public final class CloseWorkload implements Workload {
    @Override
    public String name() {
        return "close";
    }

    @Override
    public String title() {
        return "latency of close and cancel: Tidegate's driver and mssql-jdbc";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        List<Comparison> all = new ArrayList<>();
        for (Ending ending : Ending.values()) {
            all.add(new Comparison(
                    ending.label(),
                    List.of(
                            new Contender("Tidegate", new LatencyProbe("jdbc:tidegate", ending, pace)),
                            new Contender("mssql-jdbc", new LatencyProbe("jdbc:sqlserver", ending, pace)))));
        }
        return all;
    }
}
