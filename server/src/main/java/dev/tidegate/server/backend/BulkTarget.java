package dev.tidegate.server.backend;

import dev.tidegate.tds.row.ColumnSink;

/**
 * A load in progress. All or nothing: nothing stays of a load that was not finished. What is wrong with a row may be told at a later one,
 * or by {@link #finish}. Used by one thread.
 */
public interface BulkTarget extends AutoCloseable {
    /** @param values one for each announced column, in the Java form that {@code ValueCodec} documents */
    void add(Object[] values) throws SqlServerException;

    /**
     * Where the values of a row may go in place of {@link #add}, without an object for each; then {@link #addRow} takes the row. The
     * number of the row that a sink is told makes no difference.
     *
     * @return one for each announced column; null if this load takes values by {@link #add} only
     */
    default ColumnSink[] sinks() {
        return null;
    }

    /** Takes the row that the {@link #sinks} have got. */
    default void addRow() throws SqlServerException {
        throw new UnsupportedOperationException("this load has no sinks");
    }

    /** @return rows stored */
    long finish() throws SqlServerException;

    /** Gives up what was not finished. Idempotent. */
    @Override
    void close();
}
