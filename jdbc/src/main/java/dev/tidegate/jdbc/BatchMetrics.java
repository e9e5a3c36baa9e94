package dev.tidegate.jdbc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What became of the batches of prepared statements that one connection has run; by {@code connection.unwrap(BatchMetrics.class)}. A
 * pooled connection counts from its lending on. Numbers never decrease. Any thread.
 */
public final class BatchMetrics {
    private final AtomicLongArray batches = new AtomicLongArray(BatchWay.values().length);
    private final AtomicLong loadedRows = new AtomicLong();
    private volatile BatchWay last;

    BatchMetrics() {}

    void count(BatchWay way, long loaded) {
        batches.incrementAndGet(way.ordinal());
        loadedRows.addAndGet(loaded);
        last = way;
    }

    /** How many batches went this way. One whose load was cancelled, timed out or lost its connection counts for none. */
    public long batches(BatchWay way) {
        return batches.get(way.ordinal());
    }

    /** Rows that were loaded, all batches together. */
    public long loadedRows() {
        return loadedRows.get();
    }

    /** Of the batch that ended last; null if there was none. */
    public BatchWay last() {
        return last;
    }

    /** The numbers that are not 0. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("BatchMetrics[loadedRows=").append(loadedRows());
        for (BatchWay way : BatchWay.values()) {
            if (batches(way) > 0) {
                text.append(", ").append(way).append('=').append(batches(way));
            }
        }
        return text.append(']').toString();
    }
}
