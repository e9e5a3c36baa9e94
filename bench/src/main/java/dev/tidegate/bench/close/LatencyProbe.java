package dev.tidegate.bench.close;

import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.FaultProxy;
import java.io.IOException;
import java.util.List;

/** One driver that ends something again and again, in a JVM of its own; server and proxy are in this one. */
record LatencyProbe(String scheme, Ending ending, Pace pace) implements Probe {
    static final String USER = "sa";
    static final String PASSWORD = "Bench-123";

    private static final double MICROS = 1_000;

    @Override
    public List<Figure> run() throws IOException {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .backend(new RowsBackend())
                        .login(USER, PASSWORD)
                        .start();
                FaultProxy proxy = FaultProxy.to(server.port())) {
            List<String> lines = ChildRun.lines(
                    List.of(),
                    LatencyRun.class,
                    scheme + "://127.0.0.1:" + proxy.port() + ";encrypt=false",
                    ending.name(),
                    Long.toString(pace.warmUp().toMillis()),
                    Long.toString(pace.measured().toMillis()));
            long[] sorted = lines.stream().mapToLong(Long::parseLong).sorted().toArray();
            return List.of(figure("p50", sorted, 0.5), figure("p99", sorted, 0.99));
        }
    }

    private static Figure figure(String name, long[] sorted, double share) {
        int place = (int) Math.ceil(sorted.length * share) - 1;
        return new Figure(name, "µs", Figure.Better.LOWER, sorted[place] / MICROS);
    }
}
