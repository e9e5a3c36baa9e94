package dev.tidegate.bench.look;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.JmhProbe;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.util.List;
import java.util.Map;

/** The look at the socket before each request, which finds out whether the session has to be taken up again, against the request itself. */
public final class LookWorkload implements Workload {
    @Override
    public String name() {
        return "look";
    }

    @Override
    public String title() {
        return "the look at the socket before a request, and a whole SELECT 1";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        return List.of(new Comparison(
                "look against request",
                List.of(
                        contender("look", LookBenchmark.What.LOOK, pace),
                        contender("SELECT 1", LookBenchmark.What.REQUEST, pace))));
    }

    private static Contender contender(String name, LookBenchmark.What what, Pace pace) {
        Map<String, String> parameters = Map.of("what", what.name());
        return new Contender(
                name,
                new JmhProbe(LookBenchmark.class, parameters, LookBenchmark.CALLS, LookBenchmark.PROCESSORS, pace));
    }
}
