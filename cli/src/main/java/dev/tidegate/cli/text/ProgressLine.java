package dev.tidegate.cli.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far something is, in one line.
 *
 * @param rows so far; negative when nobody counts them, as when DuckDB writes what it has read itself
 * @param expected rows in all; negative when unknown
 * @param bytes over the wire or into the file so far; negative when unknown
 * @param share of the whole, 0 to 1, when somebody knows it otherwise than by rows; negative when not
 */
public record ProgressLine(long rows, long expected, long bytes, Duration elapsed, double share) {
    private static final String BETWEEN = "  ";
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 8;
    private static final String GREEN = "\u001b[32m";
    private static final String DEFAULT = "\u001b[39m";

    public ProgressLine(long rows, long expected, long bytes, Duration elapsed) {
        this(rows, expected, bytes, elapsed, -1);
    }

    /** Everything, for a file or a pipe. */
    public String plain() {
        return String.join(BETWEEN, parts());
    }

    /**
     * What fits into a terminal's line: a bar takes the room that is left over, and where there is too little room the less important
     * parts are left out.
     */
    public String fitted(int columns, boolean coloured) {
        List<String> parts = parts();
        // The last column stays free: a terminal may go to the next line when it is filled.
        int room = columns - 1;
        for (int dropped = parts.size() - 1; dropped > 0 && width(parts) > room; dropped--) {
            // Bytes and rates go first, the time left after them, the percentage or the rows at last.
            parts.remove(parts.size() > 3 ? parts.size() - 2 : parts.size() - 1);
        }
        int left = room - width(parts) - BETWEEN.length();
        if (fraction() < 0 || left < SHORTEST_BAR) {
            String line = String.join(BETWEEN, parts);
            return line.length() <= room ? line : line.substring(0, Math.max(0, room));
        }
        return bar(Math.min(left, LONGEST_BAR), coloured) + BETWEEN + String.join(BETWEEN, parts);
    }

    private String bar(int length, boolean coloured) {
        int full = (int) (fraction() * length);
        String done = "█".repeat(full);
        return (coloured ? GREEN + done + DEFAULT : done) + "░".repeat(length - full);
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        double fraction = fraction();
        if (fraction >= 0) {
            parts.add((int) (fraction * 100) + " %");
        }
        if (rows >= 0) {
            parts.add(Amounts.rows(rows));
        }
        if (bytes >= 0) {
            parts.add(Amounts.bytes(bytes));
        }
        if (rows >= 0) {
            parts.add(Amounts.rate(rows, elapsed) + " rows/s");
        }
        if (bytes >= 0) {
            parts.add(Amounts.bytes((long) (bytes / Math.max(1e-3, elapsed.toMillis() / 1e3))) + "/s");
        }
        parts.add(end(fraction));
        return parts;
    }

    private String end(double fraction) {
        if (fraction == 1) {
            return "finishing";
        }
        return fraction > 0
                ? Amounts.wholeSeconds(Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / fraction)))
                        + " left"
                : "after " + Amounts.wholeSeconds(elapsed);
    }

    /** Of the rows; negative when there is nothing to compare with: a catalog's count may be too low. */
    private double fraction() {
        if (share >= 0) {
            return Math.min(1, share);
        }
        return expected <= 0 || rows < 0 || rows > expected ? -1 : (double) rows / expected;
    }

    private static int width(List<String> parts) {
        return parts.stream().mapToInt(String::length).sum() + BETWEEN.length() * (parts.size() - 1);
    }
}
