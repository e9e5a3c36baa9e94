package dev.tidegate.bench.jdbc;

import dev.tidegate.bench.frame.Figure;
import java.util.List;

/**
 * What the client's process has done and spent, printed by the JVM that is measured and read by the one that compares.
 *
 * @param count of all uses
 * @param nanos of wall time
 * @param cpuNanos of all its threads
 * @param allocated bytes of Java objects, by all its threads
 * @param half nanoseconds that half of the uses took at most
 * @param most nanoseconds that all but one in a hundred took at most
 */
record Traffic(long count, long nanos, long cpuNanos, long allocated, long half, long most) {
    private static final double NANOS = 1e9;
    private static final double MICRO = 1e3;

    /** One line. */
    String print() {
        return count + " " + nanos + " " + cpuNanos + " " + allocated + " " + half + " " + most;
    }

    /** @throws IllegalArgumentException if a line is not what {@link #print} makes */
    static Traffic parse(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 6) {
            throw new IllegalArgumentException("'" + line + "' is no result of a run");
        }
        return new Traffic(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }

    List<Figure> figures() {
        return List.of(
                new Figure("done", "1/s", Figure.Better.HIGHER, count * NANOS / nanos),
                new Figure("p50", "µs", Figure.Better.LOWER, half / MICRO),
                new Figure("p99", "µs", Figure.Better.LOWER, most / MICRO),
                new Figure("allocated", "B each", Figure.Better.LOWER, (double) allocated / count),
                new Figure("client's CPU", "µs each", Figure.Better.LOWER, cpuNanos / MICRO / count));
    }
}
