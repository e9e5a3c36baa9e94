package dev.tidegate.bench.pool;

/** A pool with its connections, and one use of it. */
interface Lending extends AutoCloseable {
    /** Takes a connection, does the work, gives it back; returns something that depends on it. */
    Object use() throws Exception;

    @Override
    void close();
}
