package dev.tidegate.bench.engine;

import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Costs;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.bench.replay.Clients;
import java.util.List;

/** One contender that moves lineitem again and again, in a JVM of its own; the servers are in this one. */
record EngineProbe(EngineContender contender, Pace pace) implements Probe {
    @Override
    public List<Figure> run() throws Exception {
        try (LineItemServer filled = LineItemServer.filled(pace.rows());
                LineItemServer empty = LineItemServer.empty()) {
            List<String> lines = ChildRun.lines(
                    Clients.JVM_OPTIONS,
                    EngineRun.class,
                    contender.name(),
                    Integer.toString(filled.port()),
                    Integer.toString(empty.port()),
                    Integer.toString(pace.rows()),
                    Long.toString(pace.warmUp().toMillis()),
                    Long.toString(pace.measured().toMillis()));
            return Costs.parse(lines.getLast()).figures();
        }
    }
}
