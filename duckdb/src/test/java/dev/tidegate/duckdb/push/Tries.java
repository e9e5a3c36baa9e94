package dev.tidegate.duckdb.push;

import java.time.Duration;

/** How often a property is tried: on a busy machine fewer times than it says. What fails is made smaller by further tries, however late it is. */
final class Tries {
    private static final int LEAST = 8;

    private final long start = System.nanoTime();
    private final Duration enough;
    private int passed;
    private boolean failed;

    /** @param enough what all take at most, but for the last and as long as the least number has not passed */
    Tries(Duration enough) {
        this.enough = enough;
    }

    /** Whether there is to be another one; {@link #passed} is called at its end, unless it has failed. */
    boolean goOn() {
        if (!failed && passed >= LEAST && System.nanoTime() - start > enough.toNanos()) {
            return false;
        }
        failed = true;
        return true;
    }

    void passed() {
        failed = false;
        passed++;
    }
}
