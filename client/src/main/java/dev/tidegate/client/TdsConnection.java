package dev.tidegate.client;

import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** One physical connection to a server. */
public final class TdsConnection implements AutoCloseable {
    private TdsConnection() {}

    public static TdsConnection open(ConnectionSettings settings) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public ConnectionSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** Runs a batch; the answer must be read to its end or closed before the next request. */
    public Response execute(String sql) throws SQLException {
        return execute(sql, RequestOptions.DEFAULTS);
    }

    public Response execute(String sql, RequestOptions options) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public Response call(ProcedureCall call, RequestOptions options) throws SQLException {
        return call(List.of(call), options);
    }

    /** Several calls in one round trip; a failing one does not stop the next. */
    public Response call(List<ProcedureCall> calls, RequestOptions options) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public void begin(IsolationLevel isolation) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public void commit() throws SQLException {
        throw new UnsupportedOperationException();
    }

    public void rollback() throws SQLException {
        throw new UnsupportedOperationException();
    }

    public void save(String name) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public void rollbackTo(String name) throws SQLException {
        throw new UnsupportedOperationException();
    }

    public boolean inTransaction() {
        throw new UnsupportedOperationException();
    }

    /** The current database, as the server last told. */
    public String database() {
        throw new UnsupportedOperationException();
    }

    public ServerInfo serverInfo() {
        throw new UnsupportedOperationException();
    }

    /** The session is put back to its state after login together with the next request. */
    public void resetOnNextRequest() {
        throw new UnsupportedOperationException();
    }

    /** @param table as T-SQL would have it: one to three parts, quoted where need be; #temporary tables too */
    public BulkLoad bulkLoad(String table, BulkLoadOptions options) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Cancels the running request, if any. Any thread; returns at once. */
    public void cancel() throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    public boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    public boolean isValid(Duration within) {
        throw new UnsupportedOperationException();
    }
}
