package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.push.remote.Tsql;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which rows the statement that a session runs needs of what it scans. DuckDB binds scans in the thread that runs the statement, so only
 * that thread is told: what another one runs on the same DuckDB connection needs other rows. What was told holds until the execution ends:
 * DuckDB may run again what it has bound for an earlier one.
 */
public final class ScanConditions {
    /** Of one execution. */
    record Held(Thread owner, Map<ScanSource, Tsql> bySource) {}

    private volatile Held present;
    private volatile Watch watch;

    private record Watch(Thread owner, Set<ScanSource> bound) {}

    /** From now on scans that the current thread binds need these rows only; those that are missing need all of theirs. */
    public void begin(Map<ScanSource, Tsql> bySource) {
        present = new Held(Thread.currentThread(), Map.copyOf(bySource));
    }

    /** From now on takes note of what the current thread binds. */
    public Set<ScanSource> watch() {
        Set<ScanSource> bound = new HashSet<>();
        watch = new Watch(Thread.currentThread(), bound);
        return bound;
    }

    public void end() {
        present = null;
        watch = null;
    }

    /** To be asked when a scan is bound. */
    Held held(ScanSource source) {
        Watch watching = watch;
        if (watching != null && watching.owner() == Thread.currentThread()) {
            watching.bound().add(source);
        }
        Held now = present;
        return now != null && now.owner() == Thread.currentThread() ? now : null;
    }

    /**
     * To be asked when a scan begins.
     *
     * @param held of when it was bound
     * @return null: all rows are needed
     */
    Tsql of(Held held, ScanSource source) {
        return held != null && held == present ? held.bySource().get(source) : null;
    }
}
