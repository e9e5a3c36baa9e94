package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.column.RowBatches;

/** A part of what a scan reads; there may be others that other threads read meanwhile. Used by one thread at a time. */
public interface ScanPart extends RowBatches {
    /** Once a read has given no rows: false, if there may be some later, so that others may be asked first. */
    boolean isOver();

    /** Makes whoever reads it end with an error. Any thread; does not wait. */
    void cancel();
}
