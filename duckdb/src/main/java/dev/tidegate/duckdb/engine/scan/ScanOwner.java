package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.sql.SQLException;

/** A connection of the engine, as the scans see it that DuckDB runs for its statements. Thread-safe. */
public interface ScanOwner {
    /** What scans that are bound now need to read. */
    ScanConditions conditions();

    /**
     * By how many connections a scan that begins now may read.
     *
     * @param condition which rows are needed; null: all
     */
    Parallelism parallelism(ScanSource source, Tsql condition) throws SQLException;

    /** Of the statement that runs, or ran last. */
    Run run();

    /** What its statements do on servers goes through this. */
    RemoteWork remote();
}
