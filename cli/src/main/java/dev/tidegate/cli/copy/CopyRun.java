package dev.tidegate.cli.copy;

import dev.tidegate.cli.Interruption;
import dev.tidegate.cli.text.Progress;
import dev.tidegate.cli.text.ProgressLine;
import dev.tidegate.cli.text.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One copy from its first row to its commit, or back to where it began. Used once, by one thread. */
final class CopyRun {
    private final CopySource source;
    private final CopyTarget target;
    private final Interruption interruption;
    /** Negative as long as the target has not told. */
    private final AtomicLong sent = new AtomicLong(-1);

    private final long started = System.nanoTime();

    CopyRun(CopySource source, CopyTarget target, Interruption interruption) {
        this.source = source;
        this.target = target;
        this.interruption = interruption;
    }

    /**
     * @param shown where progress goes; null for none
     * @return rows that the target has confirmed
     */
    long run(PrintWriter shown) throws SQLException, IOException {
        boolean committing = false;
        try {
            long confirmed;
            try (var _ = interruption.begin(this::cancel)) {
                confirmed = write(shown);
                checkCount(confirmed);
            }
            committing = true;
            target.commit();
            return confirmed;
        } catch (SQLException | IOException | RuntimeException | Error e) {
            boolean undone = undo(e);
            if (!committing && undone && interruption.isRequested()) {
                throw Interruption.interrupted(target.name() + " is as it was");
            }
            throw e;
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private long write(PrintWriter shown) throws SQLException, IOException {
        if (shown == null) {
            return target.write(source, sent::set);
        }
        long expected = source.expectedRows().orElse(-1);
        try (var _ = new Progress(shown, Screen.ofError(), () -> line(expected))) {
            return target.write(source, sent::set);
        }
    }

    private ProgressLine line(long expected) {
        long all = expected < 0 ? source.rowsFound() : expected;
        long rows = Math.max(sent.get(), source.rowsRead().orElse(-1));
        double done = target.progress();
        if (rows < 0 && all >= 0 && done >= 0) {
            // DuckDB moves the rows by itself, and tells how far it is.
            rows = (long) (done * all);
        }
        return new ProgressLine(rows, all, Math.max(source.bytesRead(), target.bytesWritten()), elapsed());
    }

    /** What the target confirms is compared with what the source gave, where the two are counted apart. */
    private void checkCount(long confirmed) throws SQLException {
        long read = source.rowsRead().orElse(confirmed);
        if (read != confirmed) {
            throw new SQLException(
                    target.name() + " confirmed " + confirmed + " rows, but " + read + " were read from "
                            + source.name(),
                    "58000");
        }
    }

    private void cancel() {
        source.cancel();
        target.cancel();
    }

    private boolean undo(Throwable primary) {
        try {
            target.undo();
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            primary.addSuppressed(e);
            return false;
        }
    }
}
