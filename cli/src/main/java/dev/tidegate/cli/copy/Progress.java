package dev.tidegate.cli.copy;

import dev.tidegate.cli.text.Amounts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Shows how far a copy is while it runs: on a terminal as one line that is drawn again, elsewhere as a plain line now and then. A thread
 * of its own draws, so that a stalled copy is seen to stall.
 */
final class Progress {
    private static final Duration TERMINAL_STEP = Duration.ofMillis(200);
    private static final Duration PIPE_STEP = Duration.ofSeconds(5);
    private static final int BAR_WIDTH = 24;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier rows;
    private final LongSupplier bytes;
    private final OptionalLong expected;
    private final long started = System.nanoTime();
    private final Thread drawer;

    /**
     * @param rows so far
     * @param bytes so far, negative when unknown
     */
    Progress(PrintWriter err, boolean terminal, LongSupplier rows, LongSupplier bytes, OptionalLong expected) {
        this.err = err;
        this.terminal = terminal;
        this.rows = rows;
        this.bytes = bytes;
        this.expected = expected;
        drawer = Thread.ofVirtual().start(this::draw);
    }

    /** Ends the drawing and takes the line away. */
    void close() {
        drawer.interrupt();
        try {
            drawer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal) {
            err.print(ERASE);
            err.flush();
        }
    }

    private void draw() {
        Duration step = terminal ? TERMINAL_STEP : PIPE_STEP;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(step);
            } catch (InterruptedException e) {
                return;
            }
            String line = line(
                    rows.getAsLong(),
                    bytes.getAsLong(),
                    expected,
                    Duration.ofNanos(System.nanoTime() - started),
                    terminal);
            err.print(terminal ? ERASE + line : line + System.lineSeparator());
            err.flush();
        }
    }

    /** One line: bar (on a terminal, when the end is known), rows, bytes, rate, time left. */
    static String line(long rows, long bytes, OptionalLong expected, Duration elapsed, boolean bar) {
        StringBuilder line = new StringBuilder();
        double done = expected.isPresent() && expected.getAsLong() > 0
                ? Math.min(1, (double) rows / expected.getAsLong())
                : Double.NaN;
        if (bar && !Double.isNaN(done)) {
            int full = (int) Math.round(done * BAR_WIDTH);
            line.append("█".repeat(full)).append("░".repeat(BAR_WIDTH - full)).append("  ");
        }
        if (!Double.isNaN(done)) {
            line.append((int) (done * 100)).append(" %  ");
        }
        line.append(Amounts.rows(rows));
        if (bytes >= 0) {
            line.append("  ").append(Amounts.bytes(bytes));
        }
        line.append("  ").append(Amounts.rate(rows, elapsed)).append(" rows/s");
        if (!Double.isNaN(done) && rows > 0) {
            Duration left = Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done));
            line.append("  ").append(Amounts.time(left)).append(" left");
        }
        return line.toString();
    }
}
