package dev.tidegate.cli.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows how far something is while it runs: on a terminal as one line that is drawn again and goes away at the end, elsewhere as plain lines,
 * the more seldom the longer it takes. A thread of its own draws, so that what stalls is seen to stall.
 */
public final class Progress implements AutoCloseable {
    private static final Duration TERMINAL_STEP = Duration.ofMillis(200);
    private static final Duration FIRST_STEP = Duration.ofMillis(Integer.getInteger("tidegate.progress", 2000));
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    private static final String ERASE_REST = "\u001b[K";

    private final PrintWriter err;
    private final Optional<Screen> screen;
    private final Supplier<ProgressLine> state;
    private final Thread drawer;

    /**
     * @param screen behind {@code err}, if there is one
     * @param state how far it is; asked by the drawing thread
     */
    public Progress(PrintWriter err, Optional<Screen> screen, Supplier<ProgressLine> state) {
        this.err = err;
        this.screen = screen;
        this.state = state;
        drawer = Thread.ofVirtual().start(this::draw);
    }

    /** Ends the drawing and takes the line away. */
    @Override
    public void close() {
        drawer.interrupt();
        try {
            drawer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (screen.isPresent()) {
            err.print("\r" + ERASE_REST);
            err.flush();
        }
    }

    private void draw() {
        Duration step = screen.isPresent() ? TERMINAL_STEP : FIRST_STEP;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(step);
            } catch (InterruptedException e) {
                return;
            }
            ProgressLine line = state.get();
            // Drawn over the last line, and only its rest erased: nothing flickers.
            err.print(screen.map(on -> "\r" + line.fitted(on.columns(), on.isColoured()) + ERASE_REST)
                    .orElseGet(() -> line.plain() + System.lineSeparator()));
            err.flush();
            if (screen.isEmpty() && step.compareTo(LONGEST_STEP) < 0) {
                step = step.multipliedBy(2);
                step = step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
            }
        }
    }
}
