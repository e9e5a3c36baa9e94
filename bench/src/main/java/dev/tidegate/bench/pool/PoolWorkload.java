package dev.tidegate.bench.pool;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.JmhProbe;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Taking a connection from a pool and giving it back, against HikariCP. */
public final class PoolWorkload implements Workload {
    private static final List<Integer> THREADS = List.of(1, 2, 16, 200);
    private static final List<Integer> SIZES = List.of(10, 32);

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String title() {
        return "acquire and release: Tidegate's pool and HikariCP";
    }

    @Override
    public List<Comparison> comparisons(Pace pace) {
        List<Comparison> all = new ArrayList<>();
        for (Work work : Work.values()) {
            for (int size : SIZES) {
                for (int threads : THREADS) {
                    all.add(comparison(work, size, threads, false, pace));
                    all.add(comparison(work, size, threads, true, pace));
                }
            }
        }
        return all;
    }

    private static Comparison comparison(Work work, int size, int threads, boolean virtual, Pace pace) {
        String label = work.label() + ", " + size + " connections, " + threads + (virtual ? " virtual" : " platform");
        List<Contender> contenders = new ArrayList<>();
        for (String pool : List.of("Tidegate", "HikariCP")) {
            Map<String, String> parameters = Map.of(
                    "pool", pool,
                    "work", work.name(),
                    "size", Integer.toString(size),
                    "users", Integer.toString(threads),
                    "virtual", Boolean.toString(virtual));
            contenders.add(
                    new Contender(pool, new JmhProbe(PoolBenchmark.class, parameters, PoolBenchmark.USES, PoolBenchmark.PROCESSORS, pace)));
        }
        return new Comparison(label, contenders);
    }
}
