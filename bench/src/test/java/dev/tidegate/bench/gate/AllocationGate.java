package dev.tidegate.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.engine.EngineWorkload;
import dev.tidegate.bench.jdbc.JdbcWorkload;
import dev.tidegate.bench.load.LoadWorkload;
import dev.tidegate.bench.pool.PoolWorkload;
import dev.tidegate.bench.read.ReadWorkload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -Pbench-gate verify}: takes some minutes, so that it is no part of every build. With {@code -Dbench.gate.write=true} it writes
 * the baseline instead, for whoever means the change.
 */
class AllocationGate {
    private static final Path BASELINE = Path.of("src/gate/allocation.tsv");

    @Test
    void nothingAllocatesMoreThanItDid() throws Exception {
        Gate gate = new Gate(
                List.of(new ReadWorkload(), new LoadWorkload(), new JdbcWorkload(), new PoolWorkload(), new EngineWorkload()),
                AllocationGate::counts);
        if (Boolean.getBoolean("bench.gate.write")) {
            Baseline.write(BASELINE, gate.measure(null));
            return;
        }
        Baseline before = Baseline.read(BASELINE);
        Map<String, Double> measured = gate.measure(before);
        assertThat(before.regressions(measured)).isEmpty();
    }

    /**
     * What is done by many threads at once is done by one as well, and that one's counters are steadier; what the other data sets have is in
     * lineitem; where the server is in the same process, its objects would count too; and how many connections "several" are is up to
     * the machine.
     */
    private static boolean counts(String label, String contender) {
        return label.startsWith("lineitem") && !contender.matches(".* [0-9]+ (connections|sessions)")
                || label.endsWith(", 1 thread")
                || label.endsWith(", 10 connections, 1 platform") && !label.startsWith("SELECT 1");
    }
}
