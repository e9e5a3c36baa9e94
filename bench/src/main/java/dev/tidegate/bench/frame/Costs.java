package dev.tidegate.bench.frame;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has cost its process, printed by the JVM that is measured and read by the one that compares.
 *
 * @param rows that were read or loaded
 * @param nanos of wall time
 * @param cpuNanos of all threads, native ones and those of the garbage collector included
 * @param allocated bytes of Java objects, by all threads
 * @param peakRss most memory of the process, in bytes; 0 where the system does not tell
 */
public record Costs(long rows, long nanos, long cpuNanos, long allocated, long peakRss) {
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final long KIB = 1_024;

    /** What is measured again and again. */
    @FunctionalInterface
    public interface Work {
        /** @return rows */
        long run() throws Exception;
    }

    /**
     * Runs the work until the time is over, at least once; first for as long as the warm-up lasts, and at least twice, which is not measured.
     *
     * @param rows that each run must have
     */
    public static Costs measure(Work work, long rows, long warmUpMillis, long millis) throws Exception {
        check(work.run(), rows);
        repeat(work, rows, warmUpMillis);
        return measure(() -> repeat(work, rows, millis));
    }

    /**
     * Runs the work a single time, cold.
     *
     * @param rows that it must have
     */
    public static Costs once(Work work, long rows) throws Exception {
        Costs costs = measure(work);
        check(costs.rows(), rows);
        return costs;
    }

    private static Costs measure(Work work) throws Exception {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long cpu = ProcessorTime.nanos();
        long allocated = threads.getTotalThreadAllocatedBytes();
        long begun = System.nanoTime();
        long done = work.run();
        return new Costs(
                done,
                System.nanoTime() - begun,
                ProcessorTime.nanos() - cpu,
                threads.getTotalThreadAllocatedBytes() - allocated,
                readPeakRss());
    }

    private static long repeat(Work work, long rows, long millis) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        long done = 0;
        do {
            check(work.run(), rows);
            done += rows;
        } while (System.nanoTime() < end);
        return done;
    }

    private static void check(long rows, long expected) {
        if (rows != expected) {
            throw new IllegalStateException(rows + " rows instead of " + expected);
        }
    }

    private static long readPeakRss() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** One line. */
    public String print() {
        return rows + " " + nanos + " " + cpuNanos + " " + allocated + " " + peakRss;
    }

    /** @throws IllegalArgumentException if a line is not what {@link #print} makes */
    public static Costs parse(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 5) {
            throw new IllegalArgumentException("'" + line + "' is no result of a run");
        }
        long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Long.parseLong(parts[i]);
        }
        return new Costs(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** @param bytesPerRow on the line */
    public List<Figure> figures(double bytesPerRow) {
        List<Figure> figures = new ArrayList<>(figures());
        figures.add(1, new Figure("line", "MB/s", Figure.Better.HIGHER, perSecond() * bytesPerRow / MEGA));
        return figures;
    }

    private double perSecond() {
        return rows * NANOS / nanos;
    }

    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("rows", "k/s", Figure.Better.HIGHER, perSecond() / 1_000));
        figures.add(new Figure("CPU", "s/M rows", Figure.Better.LOWER, cpuNanos / NANOS / (rows / MEGA)));
        figures.add(new Figure("allocated", "B/row", Figure.Better.LOWER, (double) allocated / rows));
        figures.add(new Figure("peak RSS", "MB", Figure.Better.LOWER, peakRss / MEGA));
        return figures;
    }
}
