package dev.tidegate.cli.ping;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Runs the steps of a ping one after the other and prints a line for each: how it went, how long it took, what it found. */
final class Step {
    /** A step's work; gives what it found. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    /** Says in a few words what a step has found. */
    @FunctionalInterface
    interface Finding<T> {
        String text(T found) throws Exception;
    }

    private final PrintWriter out;

    Step(PrintWriter out) {
        this.out = out;
    }

    /** @throws Exception what the work threw, with what to do about it, after the line for the failed step */
    <T> T run(String name, Work<T> work, Finding<T> finding) throws Exception {
        long started = System.nanoTime();
        try {
            T found = work.run();
            line("ok", name, started, finding.text(found));
            return found;
        } catch (Exception e) {
            line("FAILED", name, started, "");
            throw Remedy.added(name, e);
        }
    }

    private void line(String outcome, String name, long started, String text) {
        double millis = Duration.ofNanos(System.nanoTime() - started).toNanos() / 1e6;
        out.println(String.format(Locale.ROOT, "%-6s  %-8s %9.1f ms  %s", outcome, name, millis, text)
                .stripTrailing());
        out.flush();
    }
}
