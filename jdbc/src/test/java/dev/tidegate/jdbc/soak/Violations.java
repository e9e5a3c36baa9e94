package dev.tidegate.jdbc.soak;

import dev.tidegate.client.error.Disconnects;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has gone wrong: with faults all around, most calls may fail, but only in ways that a user is told of. Everything else is noted, and
 * stops the soak. Thread-safe.
 */
final class Violations {
    private static final int MOST = 5;

    /** Cancelled; closed by another thread; deadlock; lost in an outage, to be rolled back first. */
    private static final Set<String> EXPECTED = Set.of("HY008", "HY010", "40001", "25000");

    private static final int LOCK_TIMEOUT = 1222;

    private final List<Throwable> seen = new ArrayList<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    /** Counts a failure that had to be reckoned with; notes any other. */
    void judge(SQLException e, String during) {
        boolean expected = Disconnects.isDisconnect(e)
                || e instanceof SQLTimeoutException
                || e.getErrorCode() == LOCK_TIMEOUT
                || e.getSQLState() != null && EXPECTED.contains(e.getSQLState());
        if (expected) {
            errors.computeIfAbsent(e.getSQLState() + " " + e.getClass().getSimpleName(), k -> new LongAdder())
                    .increment();
        } else {
            add(new AssertionError(during + " failed in a way that nobody can act on: " + e, e));
        }
    }

    synchronized void add(Throwable violation) {
        if (seen.size() < MOST) {
            seen.add(violation);
        }
    }

    synchronized boolean any() {
        return !seen.isEmpty();
    }

    synchronized List<Throwable> all() {
        return List.copyOf(seen);
    }

    /** How often each kind of expected failure came. */
    Map<String, Long> errors() {
        Map<String, Long> sorted = new TreeMap<>();
        errors.forEach((kind, count) -> sorted.put(kind, count.sum()));
        return sorted;
    }
}
