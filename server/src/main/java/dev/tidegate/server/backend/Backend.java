package dev.tidegate.server.backend;

/** What stands behind the TDS front: databases, and sessions on them. Thread-safe. */
public interface Backend extends AutoCloseable {
    /**
     * Opens a session for a login that the front has already authenticated.
     *
     * @throws SqlServerException 4060 if the database does not exist
     */
    BackendSession open(SessionOptions options) throws SqlServerException;

    /** Statements that are prepared in all sessions together. */
    default int preparedStatements() {
        return 0;
    }

    /** Ends every session and releases the databases. */
    @Override
    void close();
}
