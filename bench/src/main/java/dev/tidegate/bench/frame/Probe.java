package dev.tidegate.bench.frame;

import java.util.List;

/** Measures one contender once, in a JVM of its own, warm-up left out. */
@FunctionalInterface
public interface Probe {
    /**
     * Blocks until the run is over.
     *
     * @throws Exception if the run failed; the comparison is then given up
     */
    List<Figure> run() throws Exception;
}
