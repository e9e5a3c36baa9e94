package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;

/** A connection of the engine, as the scans see it that DuckDB runs for its statements. Thread-safe. */
public interface ScanOwner {
    /** What scans that are bound now need to read. */
    ScanConditions conditions();

    /** Of the statement that runs, or ran last. */
    Run run();

    /** What its statements do on servers goes through this. */
    RemoteWork remote();
}
