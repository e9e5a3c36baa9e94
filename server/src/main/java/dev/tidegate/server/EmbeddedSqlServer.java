package dev.tidegate.server;

import dev.tidegate.server.front.Listener;

/**
 * A TDS endpoint inside this process: Microsoft's drivers, FreeTDS, tedious and others connect to it as to SQL Server.
 *
 * <pre>{@code
 * try (var server = EmbeddedSqlServer.builder().database("demo").login("sa", "secret").start()) {
 *     DriverManager.getConnection(server.url(), "sa", "secret");
 * }
 * }</pre>
 *
 * Thread-safe. It prints nothing; what happens is logged to the {@link System.Logger} {@code dev.tidegate.server} at debug level.
 */
public final class EmbeddedSqlServer implements AutoCloseable {
    private final Listener listener;
    private final String database;

    EmbeddedSqlServer(Listener listener, String database) {
        this.listener = listener;
        this.database = database;
    }

    /** Begins the description of a server that listens on a free port of 127.0.0.1 unless told otherwise. */
    public static EmbeddedSqlServerBuilder builder() {
        return new EmbeddedSqlServerBuilder();
    }

    /** The address that the server is bound to, as it was given to the builder. */
    public String host() {
        return listener.host();
    }

    /** The TCP port, 1 to 65,535; the one that was found free if the builder asked for 0. */
    public int port() {
        return listener.port();
    }

    /** A URL for Tidegate's driver, with the first of the databases; user and password are not in it. */
    public String url() {
        return "jdbc:tidegate://" + listener.host() + ":" + port() + ";databaseName=" + database;
    }

    /** Connections that are open now, those that have not logged in yet included. */
    public int connections() {
        return listener.connections();
    }

    /** Handles of prepared statements that clients have not given back, in all sessions together; for tests that look for leaks. */
    public int preparedStatements() {
        return listener.preparedStatements();
    }

    /**
     * Ends a session as KILL does: what runs in it is cancelled, its transaction rolled back, and its connection cut.
     *
     * @param sessionId what {@code @@SPID} shows in it
     * @return false if there is no such session
     */
    public boolean kill(int sessionId) {
        return listener.kill(sessionId);
    }

    /**
     * Stops listening, ends all sessions (running requests are cancelled, open transactions rolled back), then closes the backend.
     * Idempotent; a call while another one closes waits for it. Returns within ten seconds, whatever clients and queries do.
     */
    @Override
    public void close() {
        listener.close();
    }
}
