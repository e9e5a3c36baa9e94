package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.push.remote.ScanNames;

/**
 * The engine's table function for one source: a number in its calls says which. Its columns have names that nothing else has, by which a
 * plan tells which source is scanned. Immutable.
 */
public final class ScanFunction {
    /** A variable of the DuckDB connection, by which a scan finds the connection that it belongs to. */
    public static final String OWNER = "tidegate_session";

    private final String function;
    private final long number;
    private final ScanSource source;
    private final ScanNames names = ScanNames.random();

    ScanFunction(String function, long number, ScanSource source) {
        this.function = function;
        this.number = number;
        this.source = source;
    }

    long number() {
        return number;
    }

    ScanSource source() {
        return source;
    }

    /** What it calls its columns. */
    public ScanNames names() {
        return names;
    }

    /** SQL that reads the source, on behalf of whatever connection runs it. */
    public String call() {
        return Identifiers.duckdb(function) + "(coalesce(getvariable('" + OWNER + "')::BIGINT, 0), " + number + ")";
    }
}
