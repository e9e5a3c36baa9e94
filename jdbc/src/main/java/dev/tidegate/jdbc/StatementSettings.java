package dev.tidegate.jdbc;

import dev.tidegate.client.RequestOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;

/** What a statement can be told before it runs, and its warnings. */
abstract class StatementSettings extends SqlWrapper implements Statement {
    private final TidegateConnection connection;
    private final Session session;
    private final Warnings warnings = new Warnings();
    private volatile boolean closed;
    private volatile long maxRows;
    private volatile int fetchSize;
    private volatile Duration timeout;
    private volatile boolean escapes = true;
    private volatile boolean poolable;
    private volatile boolean closesOnCompletion;

    StatementSettings(TidegateConnection connection, boolean poolable) throws SQLException {
        this.connection = connection;
        this.session = connection.session();
        this.poolable = poolable;
    }

    /** What an error calls this object. */
    abstract String described();

    final TidegateConnection connection() {
        return connection;
    }

    final Session session() {
        return session;
    }

    final Warnings warnings() {
        return warnings;
    }

    final void requireOpen() throws SQLException {
        if (closed) {
            throw Failures.closed(described());
        }
        connection.requireOpen();
    }

    /** True if this call closed it. */
    final synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    final RequestOptions options() {
        return timeout == null ? RequestOptions.DEFAULTS : new RequestOptions(timeout);
    }

    /** From the call until the last row is read; zero: none. */
    final Duration limit() {
        Duration own = timeout;
        return own != null ? own : session().client().settings().queryTimeout();
    }

    final boolean escapes() {
        return escapes;
    }

    final boolean closesOnCompletion() {
        return closesOnCompletion;
    }

    /** Also closed when its connection is. */
    @Override
    public boolean isClosed() {
        return closed || connection.isClosed();
    }

    @Override
    public TidegateConnection getConnection() throws SQLException {
        requireOpen();
        return connection;
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        requireOpen();
        return 0;
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        requireOpen();
        if (max != 0) {
            throw Failures.unsupported("values are never cut short in silence: use LEFT or SUBSTRING in the query");
        }
    }

    @Override
    public int getMaxRows() throws SQLException {
        requireOpen();
        return (int) Math.min(maxRows, Integer.MAX_VALUE);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        requireOpen();
        return maxRows;
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        requireOpen();
        if (max < 0) {
            throw Failures.invalid("a limit of " + max + " rows is negative; 0 means no limit");
        }
        maxRows = max;
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        requireOpen();
        escapes = enable;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        requireOpen();
        return (int) limit().toSeconds();
    }

    /** From the call until the last row is read; 0: no limit. */
    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        requireOpen();
        if (seconds < 0) {
            throw Failures.invalid("a time-out of " + seconds + " seconds is negative; 0 means no limit");
        }
        timeout = Duration.ofSeconds(seconds);
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        requireOpen();
        return warnings.chain();
    }

    @Override
    public void clearWarnings() throws SQLException {
        requireOpen();
        warnings.clear();
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        throw Failures.unsupported("there are no positioned updates: results stream without a cursor on the server");
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        requireOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw Failures.unsupported("results are forward-only: FETCH_FORWARD is the only direction");
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        requireOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        requireOpen();
        if (rows < 0) {
            throw Failures.invalid("a fetch size of " + rows + " is negative");
        }
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        requireOpen();
        return fetchSize;
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        requireOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetType() throws SQLException {
        requireOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        requireOpen();
        return connection.getHoldability();
    }

    @Override
    public void setPoolable(boolean wanted) throws SQLException {
        requireOpen();
        poolable = wanted;
    }

    @Override
    public boolean isPoolable() throws SQLException {
        requireOpen();
        return poolable;
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        requireOpen();
        closesOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        requireOpen();
        return closesOnCompletion;
    }
}
