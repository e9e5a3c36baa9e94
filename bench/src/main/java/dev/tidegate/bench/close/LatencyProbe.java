package dev.tidegate.bench.close;

import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One driver that ends something again and again, in a JVM of its own; server and proxy are in this one. */
record LatencyProbe(String scheme, Ending ending, Pace pace) implements Probe {
    static final String USER = "sa";
    static final String PASSWORD = "Bench-123";

    /** For draining what a driver may insist on reading. */
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    private static final double MICROS = 1_000;

    @Override
    public List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("tidegate-bench-");
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .backend(new RowsBackend())
                        .login(USER, PASSWORD)
                        .start();
                FaultProxy proxy = FaultProxy.to(server.port());
                ChildJvm child = ChildJvm.of(
                                LatencyRun.class,
                                scheme + "://127.0.0.1:" + proxy.port() + ";encrypt=false",
                                ending.name(),
                                Long.toString(pace.warmUp().toMillis()),
                                Long.toString(pace.measured().toMillis()))
                        .start(folder)) {
            ChildJvm.Result result = child.await(AT_MOST);
            if (result.exitCode() != 0) {
                throw new IOException(scheme + " failed to " + ending.label() + ": " + result.errors());
            }
            long[] sorted = result.output().lines().mapToLong(Long::parseLong).sorted().toArray();
            return List.of(figure("p50", sorted, 0.5), figure("p99", sorted, 0.99));
        } finally {
            delete(folder);
        }
    }

    private static Figure figure(String name, long[] sorted, double share) {
        int place = (int) Math.ceil(sorted.length * share) - 1;
        return new Figure(name, "µs", Figure.Better.LOWER, sorted[place] / MICROS);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
