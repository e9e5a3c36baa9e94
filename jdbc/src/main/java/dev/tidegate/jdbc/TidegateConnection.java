package dev.tidegate.jdbc;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.Reservation;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.jdbc.sql.JdbcEscapes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A connection to one server. Methods may be called from any thread; requests run one after the other. {@link #close}, {@link #abort} and
 * {@code Statement.cancel} wait for no request of another thread; everything made by the connection is closed with it.
 *
 * <p>With auto-commit off, a transaction begins with the first request that could need one.
 *
 * <p>A request that is made while a result is still open takes the rest of that result into memory, up to 64 MB; beyond that it is refused
 * and says so. Read results to their end, close them, or use a second connection.
 */
public final class TidegateConnection extends ConnectionFactories {
    private static final VarHandle SESSION;
    private static final VarHandle CLOSED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SESSION = lookup.findVarHandle(TidegateConnection.class, "session", Session.class);
            CLOSED = lookup.findVarHandle(TidegateConnection.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null while nothing was asked of what the pool has reserved. */
    private volatile TdsConnection client;
    /** Null if no pool has lent it, or it is not asked for what it needs itself. */
    private final Reservation reservation;

    private final String url;
    /** Null until it is needed: a pool makes a connection for every use, and many a use needs little of it. */
    private volatile Session session;

    private volatile int isolation = TRANSACTION_READ_COMMITTED;
    private volatile int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    private volatile boolean readOnly;
    private volatile boolean closed;

    TidegateConnection(TdsConnection client, String url) {
        this(client, null, url);
    }

    /** @param reservation which ends with this, and whose connection is taken when it is needed */
    TidegateConnection(Reservation reservation, String url) {
        this(null, reservation, url);
    }

    private TidegateConnection(TdsConnection client, Reservation reservation, String url) {
        this.client = client;
        this.reservation = reservation;
        this.url = url;
    }

    private TdsConnection client() throws SQLException {
        TdsConnection taken = client;
        return taken != null ? taken : takeReserved();
    }

    private TdsConnection takeReserved() throws SQLException {
        synchronized (reservation) {
            if (client == null) {
                client = reservation.connection(this);
            }
            if (client == null) {
                throw Failures.connectionClosed();
            }
            return client;
        }
    }

    Session session() throws SQLException {
        Session made = session;
        return made != null ? made : makeSession();
    }

    private Session makeSession() throws SQLException {
        Session made = new Session(client());
        return SESSION.compareAndSet(this, null, made) ? made : session;
    }

    /** Without a password. */
    String url() {
        return url;
    }

    @Override
    TidegateConnection self() {
        return this;
    }

    @Override
    void requireOpen() throws SQLException {
        if (isClosed()) {
            throw Failures.connectionClosed();
        }
    }

    /**
     * Begins a bulk load on this connection, in its transaction.
     *
     * @param table as T-SQL has it: one to three parts, quoted where need be
     */
    public BulkLoad bulkLoad(String table, BulkLoadOptions options) throws SQLException {
        requireOpen();
        session().lock().lock();
        try {
            session().prepareLine();
            session().beginIfNeeded();
            session().watch().unseenRequestGoesOut();
            return client().bulkLoad(table, options);
        } finally {
            session().lock().unlock();
        }
    }

    /** Also gives the client's own connection, for {@code TdsConnection.class}, and what became of batches, for {@link BatchMetrics}. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == BatchMetrics.class) {
            return type.cast(session().batches());
        }
        return type == TdsConnection.class ? type.cast(client()) : super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type == TdsConnection.class || type == BatchMetrics.class || super.isWrapperFor(type);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        requireOpen();
        if (sql == null) {
            throw Failures.invalid("the statement's text is null");
        }
        return JdbcEscapes.translate(sql);
    }

    /** Turning it on commits the open transaction, as JDBC asks for. */
    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        requireOpen();
        if (on == session().autoCommit()) {
            return;
        }
        if (on) {
            commit();
        }
        session().setAutoCommit(on);
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        requireOpen();
        Session made = session;
        return made == null || made.autoCommit();
    }

    @Override
    public void commit() throws SQLException {
        requireTransactions("commit");
        session().run(client -> {
            session().watch().check(client.inTransaction());
            try {
                if (client.inTransaction()) {
                    client.commit();
                }
            } catch (SQLException e) {
                session().watch().failed(e);
                throw e;
            }
            session().watch().ended();
        });
        session().transactionEnded();
    }

    /** Also ends a transaction that was lost with its connection, see {@link TdsConnection#hasLostTransaction}, in either mode. */
    @Override
    public void rollback() throws SQLException {
        requireOpen();
        if (!client().hasLostTransaction()) {
            requireTransactions("rollback");
        }
        session().run(client -> {
            session().watch().ended();
            if (client.inTransaction()) {
                client.rollback();
            }
        });
        session().transactionEnded();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        requireTransactions("rollback");
        TidegateSavepoint own = own(savepoint);
        own.requireIn(session().transactions());
        session().run(client -> {
            session().watch().check(client.inTransaction());
            client.rollbackTo(own.serverName());
        });
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return save(null);
    }

    /** @param name at most 32 characters */
    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        if (name == null || name.isEmpty() || name.length() > TidegateSavepoint.MAX_NAME) {
            throw Failures.invalid("a savepoint's name has 1 to " + TidegateSavepoint.MAX_NAME + " characters");
        }
        return save(name);
    }

    private Savepoint save(String name) throws SQLException {
        requireTransactions("setSavepoint");
        TidegateSavepoint savepoint =
                new TidegateSavepoint(name, session().nextSavepoint(), session().transactions());
        session().run(client -> {
            session().beginIfNeeded();
            client.save(savepoint.serverName());
        });
        return savepoint;
    }

    /** The server forgets savepoints with their transaction only; this one can no longer be used. */
    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        requireOpen();
        TidegateSavepoint own = own(savepoint);
        own.requireIn(session().transactions());
        own.release();
    }

    private static TidegateSavepoint own(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof TidegateSavepoint own) {
            return own;
        }
        throw Failures.invalid("the savepoint was not made by this driver");
    }

    private void requireTransactions(String call) throws SQLException {
        requireOpen();
        if (session().autoCommit()) {
            throw Failures.sequence(call + " needs auto-commit off: setAutoCommit(false) comes first");
        }
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        requireOpen();
        IsolationLevel wanted = Isolation.of(level);
        session().run(client -> client.setIsolation(wanted));
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        requireOpen();
        return isolation;
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        requireOpen();
        if (catalog == null || catalog.isEmpty()) {
            throw Failures.invalid("no database is named");
        }
        session().run("USE " + TableName.quote(catalog));
    }

    @Override
    public String getCatalog() throws SQLException {
        requireOpen();
        return client().database();
    }

    /** A session has no schema of its own that could be changed: adds a warning. */
    @Override
    public void setSchema(String schema) throws SQLException {
        requireOpen();
        session()
                .warnings()
                .add(new SQLWarning(
                        "the schema stays as it is: SQL Server has one for each user (ALTER USER … WITH DEFAULT_SCHEMA)",
                        "01000"));
    }

    /** The user's default schema. */
    @Override
    public String getSchema() throws SQLException {
        requireOpen();
        try (var statement = createStatement();
                ResultSet result = statement.executeQuery("SELECT SCHEMA_NAME()")) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** A hint that changes nothing on the server. */
    @Override
    public void setReadOnly(boolean wanted) throws SQLException {
        requireOpen();
        readOnly = wanted;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        requireOpen();
        return readOnly;
    }

    @Override
    public void setHoldability(int wanted) throws SQLException {
        requireOpen();
        requireHoldability(wanted);
        holdability = wanted;
    }

    @Override
    public int getHoldability() throws SQLException {
        requireOpen();
        return holdability;
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        requireOpen();
        return new TidegateDatabaseMetaData(this);
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        requireOpen();
        Session made = session;
        return made == null ? null : made.warnings().chain();
    }

    @Override
    public void clearWarnings() throws SQLException {
        requireOpen();
        Session made = session;
        if (made != null) {
            made.warnings().clear();
        }
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        requireOpen();
        return new HashMap<>();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        requireOpen();
        if (map != null && !map.isEmpty()) {
            throw Failures.unsupported("type maps are not supported: ask for classes with getObject(column, Class)");
        }
    }

    /** What the session was named at login; the server lets nobody change it later. */
    @Override
    public String getClientInfo(String name) throws SQLException {
        return getClientInfo().getProperty(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        requireOpen();
        Properties info = new Properties();
        putIfKnown(info, "ApplicationName", ConnectionProperty.APPLICATION_NAME);
        putIfKnown(info, "ClientUser", ConnectionProperty.USER);
        putIfKnown(info, "ClientHostname", ConnectionProperty.WORKSTATION_ID);
        return info;
    }

    private void putIfKnown(Properties info, String name, ConnectionProperty property) throws SQLException {
        String value = client().settings().get(property);
        if (value != null) {
            info.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        sessionForInfo()
                .warnings()
                .add(new SQLWarning(
                        "client info " + name
                                + " stays as it is: the server takes it at login only, from the connection's properties",
                        "01000"));
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        sessionForInfo();
        if (properties != null) {
            for (String name : properties.stringPropertyNames()) {
                setClientInfo(name, properties.getProperty(name));
            }
        }
    }

    private Session sessionForInfo() throws SQLClientInfoException {
        try {
            requireOpen();
            return session();
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
        }
    }

    /**
     * Asks the server, unless a result is still being read or another thread's request runs: then the connection is as good as that.
     *
     * @param seconds 0: no limit
     */
    @Override
    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw Failures.invalid("a time-out of " + seconds + " seconds is negative; 0 means no limit");
        }
        if (isClosed()) {
            return false;
        }
        Session asked;
        try {
            asked = session();
        } catch (SQLException e) {
            // The pool has closed it meanwhile.
            return false;
        }
        if (!asked.lock().tryLock()) {
            return asked.client().isOpen();
        }
        try {
            return asked.isIdle()
                    ? asked.client().isValid(Duration.ofSeconds(seconds))
                    : asked.client().isOpen();
        } finally {
            asked.lock().unlock();
        }
    }

    /** How long the server may be silent; begins as the property socketTimeout. The executor is not needed: the limit holds at once. */
    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        requireOpen();
        if (milliseconds < 0) {
            throw Failures.invalid("a time-out of " + milliseconds + " ms is negative; 0 means no limit");
        }
        client().setSocketTimeout(Duration.ofMillis(milliseconds));
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        requireOpen();
        return (int) Math.min(client().socketTimeout().toMillis(), Integer.MAX_VALUE);
    }

    /** Ends the connection, also one of a pool, without waiting for anything; what runs on it fails. */
    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw Failures.invalid("abort needs an executor");
        }
        if (!closed) {
            closed = true;
            executor.execute(this::discard);
        }
    }

    /** Whether its user has closed it, or its pool; false for one that only broke. */
    boolean wasClosed() {
        TdsConnection taken = client;
        return closed || (taken == null ? reservation.isOver() : taken.isClosed());
    }

    @Override
    public boolean isClosed() {
        TdsConnection taken = client;
        return closed || (taken == null ? !reservation.isOpen() : !taken.isOpen() && !taken.hasLostTransaction());
    }

    /** Rolls back what was not committed. Any thread; idempotent; waits at most for closeTimeout. */
    @Override
    public void close() {
        // Seen by other threads at the latest when the connection goes back, which is decided by one of them.
        CLOSED.setRelease(this, true);
        Session made = session;
        if (made != null) {
            made.close();
        } else if (reservation != null) {
            reservation.close();
        } else {
            client.close();
        }
    }

    private void discard() {
        Session made = session;
        if (made != null) {
            made.discard();
        } else if (reservation != null) {
            reservation.discard();
        } else {
            client.discard();
        }
    }

    @Override
    public String toString() {
        return "TidegateConnection[" + url + (isClosed() ? ", closed" : "") + "]";
    }
}
