package dev.tidegate.bench.frame;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param rounds runs of each contender, each in a JVM of its own; at least 1
 * @param warmUp of each run, dropped
 * @param measured of each run; at least a millisecond
 */
public record Pace(int rounds, Duration warmUp, Duration measured) {
    public Pace {
        if (rounds < 1 || rounds > 100) {
            throw new IllegalArgumentException("rounds=" + rounds + ": allowed are 1 to 100");
        }
        if (warmUp.isNegative() || measured.toMillis() < 1) {
            throw new IllegalArgumentException("a run of " + measured + " after " + warmUp + " measures nothing");
        }
    }
}
