package dev.tidegate.server.backend;

/** A load in progress. All or nothing: nothing stays of a load that was not finished. Used by one thread. */
public interface BulkTarget extends AutoCloseable {
    /** @param values one for each announced column, in the Java form that {@code ValueCodec} documents */
    void add(Object[] values) throws SqlServerException;

    /** @return rows stored */
    long finish() throws SqlServerException;

    /** Gives up what was not finished. Idempotent. */
    @Override
    void close();
}
