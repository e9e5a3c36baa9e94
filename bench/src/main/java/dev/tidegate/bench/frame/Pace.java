package dev.tidegate.bench.frame;

import java.time.Duration;

/**
 * How long and how much everything is measured.
 *
 * @param rounds runs of each contender, each in a JVM of its own; at least 1
 * @param warmUp of each run, dropped
 * @param measured of each run; at least a millisecond
 * @param rows of a table that is read or loaded
 */
public record Pace(int rounds, Duration warmUp, Duration measured, int rows) {
    public static final int DEFAULT_ROWS = 300_000;

    private static final int MOST_ROWS = 50_000_000;

    public Pace {
        if (rounds < 1 || rounds > 100) {
            throw new IllegalArgumentException("rounds=" + rounds + ": allowed are 1 to 100");
        }
        if (warmUp.isNegative() || measured.toMillis() < 1) {
            throw new IllegalArgumentException("a run of " + measured + " after " + warmUp + " measures nothing");
        }
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("rows=" + rows + ": allowed are 1 to " + MOST_ROWS);
        }
    }

    public Pace(int rounds, Duration warmUp, Duration measured) {
        this(rounds, warmUp, measured, DEFAULT_ROWS);
    }
}
