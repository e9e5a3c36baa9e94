package dev.tidegate.bench.jdbc;

import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import java.util.List;

/** One driver that is used again and again, in a JVM of its own; the server is in this one. */
record JdbcProbe(Driver driver, Use use, int threads, Pace pace) implements Probe {
    @Override
    public List<Figure> run() throws Exception {
        try (Shop shop = Shop.open()) {
            List<String> lines = ChildRun.lines(
                    List.of(),
                    JdbcRun.class,
                    driver.url(shop.port()),
                    use.name(),
                    Integer.toString(threads),
                    Long.toString(pace.warmUp().toMillis()),
                    Long.toString(pace.measured().toMillis()));
            return Traffic.parse(lines.getLast()).figures();
        }
    }
}
