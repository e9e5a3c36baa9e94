package dev.tidegate.client;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.error.TransactionLostException;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.DeadlineException;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.Collation;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One physical connection to a server. One request runs at a time: a second one is refused until the answer to the first was read to
 * its end or closed. {@link #cancel}, {@link #close}, and the methods that only tell something may be called from any thread at any
 * time; requests from one thread at a time.
 *
 * <p>Every request is bounded by {@code queryTimeout} or its own limit; errors of the server are {@link DatabaseError}s.
 */
public final class TdsConnection implements AutoCloseable {
    private final Session session;
    private final Lender<Object> lender;
    private final Object lease;
    /** What the session knows its user by. */
    private final long ticket;

    /**
     * @param lender null: nobody has lent it, and its close ends the session
     * @param lease what the lender knows it by
     */
    private TdsConnection(Session session, Lender<Object> lender, Object lease) {
        this.session = session;
        this.lender = lender;
        this.lease = lease;
        this.ticket = session.state().newTicket();
    }

    /** Another user's view of the same session, with a ticket of its own; its close gives it back. One is made for every use of a pool. */
    @SuppressWarnings("unchecked") // The lender gets back what it has given.
    <L> TdsConnection lent(Lender<L> by, L as) {
        return new TdsConnection(session, (Lender<Object>) by, as);
    }

    Session session() {
        return session;
    }

    /** From now on this one can begin requests, and no other. */
    void admit() {
        session.admit(ticket);
    }

    /** For requests that take a reset with them, if one is wanted, but not what has to be set up after it. */
    RunningRequest begin(String operation, RequestOptions options) throws SQLException {
        leaveSetUpToNext();
        return session.begin(ticket, operation, options);
    }

    private void leaveSetUpToNext() {
        if (session.admits(ticket) && session.isResetWanted()) {
            session.setup().resetComes();
        }
    }

    /**
     * Connects and logs in. Blocks for at most {@code loginTimeout}; a {@link PendingConnection} can be given up before.
     *
     * @throws SQLException 28000 if the login is refused, HYT01 after the time-out, 08001 if there is no connection
     */
    public static TdsConnection open(ConnectionSettings settings) throws SQLException {
        return new PendingConnection(settings).open();
    }

    /**
     * As {@link #open(ConnectionSettings)}.
     *
     * @param reclaim closes the connection, and tells of it, should it be lost without being closed
     */
    public static TdsConnection open(ConnectionSettings settings, ConnectionReclaim reclaim) throws SQLException {
        boolean recorded = settings.flag(ConnectionProperty.LEAK_DETECTION);
        Throwable origin = recorded ? new Throwable("opened here") : null;
        TdsConnection connection = open(settings);
        boolean watched = false;
        try {
            reclaim.watch(connection, connection.session, origin);
            watched = true;
            return connection;
        } finally {
            if (!watched) {
                connection.close();
            }
        }
    }

    /** Of a session that is logged in; what belongs to its beginning is done within the same deadline. */
    static TdsConnection ready(Session session, Deadline deadline) throws SQLException {
        TdsConnection connection = new TdsConnection(session, null, null);
        connection.admit();
        try {
            connection.setUp(new RequestOptions(deadline.remaining()));
        } catch (SQLTimeoutException e) {
            throw LineErrors.notConnected(
                    new DeadlineException("the server does not answer: loginTimeout is over"),
                    session.context("set up the session"));
        }
        return connection;
    }

    public ConnectionSettings settings() {
        return session.settings();
    }

    /** How long the server may be silent before the connection is taken to be broken; zero: for ever. Any thread. */
    public Duration socketTimeout() {
        return session.socketTimeoutOf(ticket);
    }

    /**
     * Changes {@link #socketTimeout}, which begins as {@code socketTimeout} of the settings. Any thread; holds from the next wait for the
     * server on.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void setSocketTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a socketTimeout of " + limit + " is negative; zero means no limit");
        }
        session.setSocketTimeout(ticket, limit);
    }

    /** What the server is, as of the login. */
    public ServerInfo serverInfo() {
        return session.serverInfo();
    }

    /** What the server had to say at the login. */
    public List<ServerMessage> loginMessages() {
        return session.loginMessages();
    }

    /** The current database, as the server last told. */
    public String database() {
        return session.environment().database();
    }

    /** The language of messages, as the server last told. */
    public String language() {
        return session.environment().language();
    }

    /** Collation of the current database, as the server last told; null if it did not. */
    public Collation collation() {
        return session.environment().collation();
    }

    /** Whether the server has told of a transaction that has not ended. */
    public boolean inTransaction() {
        return session.environment().transaction() != 0;
    }

    /**
     * What the server calls the open transaction ([MS-TDS] ENVCHANGE 8); 0: there is none. One that has the same number as before is the same
     * one.
     */
    public long transaction() {
        return session.environment().transaction();
    }

    /**
     * Bytes that have come over the wire since this connection was made: login, packet headers and TLS included, before decoding. Never
     * decreases, also when the connection is closed. Any thread.
     */
    public long bytesReceived() {
        return session.received();
    }

    /** Bytes that have gone over the wire, counted as {@link #bytesReceived}. Any thread. */
    public long bytesSent() {
        return session.sent();
    }

    /**
     * Whether the other side has ended the line since the last request, as far as can be told without waiting; the next request then takes
     * the session up on another one, or says why not. False while a request runs. From the thread that runs the requests.
     */
    public boolean isCut() {
        return session.admits(ticket)
                && session.state().phase() == Phase.IDLE
                && session.line().hasEnded();
    }

    /**
     * Whether the line was cut in an open transaction. Everything but {@link #rollback()} and {@link #close} is refused then with a {@link
     * dev.tidegate.client.error.TransactionLostException}, so that nobody takes what comes next for a part of that transaction. Once it
     * was rolled back, which does not need the server, the next request takes the session up again if that loses nothing else.
     */
    public boolean hasLostTransaction() {
        return session.admits(ticket) && session.hasLostTransaction();
    }

    /** Runs a batch. See {@link #execute(String, RequestOptions)}. */
    public Response execute(String sql) throws SQLException {
        return execute(sql, RequestOptions.DEFAULTS);
    }

    /**
     * Runs a batch: one or several statements. Returns as soon as it is sent.
     *
     * @throws SQLException if the connection is closed or busy, or the line fails
     */
    public Response execute(String sql, RequestOptions options) throws SQLException {
        resetIfWanted(options);
        session.setup().isolationOf(sql);
        RunningRequest request = begin("execute", options);
        if (session.recovery().onlyBegins(sql)) {
            session.recovery().transactionBegins(inTransaction());
        }
        return sendBatch(request, sql);
    }

    /** Calls one procedure. */
    public Response call(ProcedureCall call, RequestOptions options) throws SQLException {
        return call(List.of(call), options);
    }

    /**
     * Calls several procedures in one round trip; one that fails does not stop the next. With more than one, the answer to each ends with
     * an {@link Item.CallEnd}.
     *
     * @throws dev.tidegate.tds.type.ValueOutOfRangeException if a value does not fit its parameter's type; nothing has been run then
     */
    public Response call(List<ProcedureCall> calls, RequestOptions options) throws SQLException {
        return call(() -> calls, options);
    }

    /**
     * As {@link #call(List, RequestOptions)}, for calls that depend on the server's session, such as those with a {@link #statementHandles
     * handle}.
     *
     * @param calls asked once, when it is certain which session takes the request: a reset is on its way with it by then, or a reconnect done.
     *     An exception that it throws is passed on, and nothing is sent
     */
    public Response call(Supplier<List<ProcedureCall>> calls, RequestOptions options) throws SQLException {
        resetIfWanted(options);
        RunningRequest request = session.begin(ticket, "call", options);
        List<ProcedureCall> made;
        try {
            made = calls.get();
        } catch (RuntimeException | Error e) {
            session.withdraw(request);
            throw e;
        }
        session.send(
                request,
                PacketType.RPC,
                out -> CallEncoding.request(session.headers(), made).write(out, session.version()));
        return new Response(session, request, made.size() > 1);
    }

    /** Of prepared statements on this physical connection, also when it is lent to one user after another. */
    public StatementHandles statementHandles() {
        return session.handles();
    }

    /**
     * Begins a transaction.
     *
     * @param isolation level of this and later transactions of the session
     */
    public void begin(IsolationLevel isolation) throws SQLException {
        begin(isolation, RequestOptions.DEFAULTS);
    }

    /** As {@link #begin(IsolationLevel)}. */
    public void begin(IsolationLevel isolation, RequestOptions options) throws SQLException {
        resetIfWanted(options);
        session.setup().isolation(isolation);
        RunningRequest request = begin("begin", options);
        session.recovery().transactionBegins(inTransaction());
        transact(request, new TransactionManagerRequest.Begin(session.headers(), isolation.ordinal(), ""));
        if (!inTransaction()) {
            throw LineErrors.wrongOrder("the server did not begin a transaction, and did not say why");
        }
    }

    /**
     * Sets the isolation level of the session's transactions, the present one included; until the next reset.
     *
     * @param isolation not {@link IsolationLevel#CURRENT}
     */
    public void setIsolation(IsolationLevel isolation) throws SQLException {
        setIsolation(isolation, RequestOptions.DEFAULTS);
    }

    /** As {@link #setIsolation(IsolationLevel)}. */
    public void setIsolation(IsolationLevel isolation, RequestOptions options) throws SQLException {
        resetIfWanted(options);
        session.setup().isolation(isolation);
        run("set isolation level", "SET TRANSACTION ISOLATION LEVEL " + isolation.sql(), options);
    }

    /**
     * Commits the transaction.
     *
     * @throws SQLException with SQLState 08007 if the line broke before the server's word had come, or it was cancelled and the server
     *     does not say what it had done by then: whether the commit took place is unknown then
     */
    public void commit() throws SQLException {
        commit(RequestOptions.DEFAULTS);
    }

    /** As {@link #commit()}; after a time-out the outcome is unknown, unless the server tells in time what it had done by then. */
    public void commit(RequestOptions options) throws SQLException {
        RunningRequest request = begin("commit", options);
        try {
            session.send(
                    request,
                    PacketType.TRANSACTION_MANAGER,
                    out -> new TransactionManagerRequest.Commit(session.headers(), "", null)
                            .write(out, session.version()));
        } catch (SQLException e) {
            throw unknown(e);
        }
        try (Response response = new Response(session, request)) {
            finishCommit(response, request);
        }
    }

    /**
     * What has become of the commit is what its own answer tells: a cancel or a close may have come too late, and the session may belong to
     * the next user by now.
     */
    private void finishCommit(Response response, RunningRequest request) throws SQLException {
        SQLException failure = null;
        try {
            response.finish();
        } catch (SQLException e) {
            failure = e;
        }
        if (response.hasCommitted()) {
            return;
        }
        if (failure == null && response.wasInterrupted()) {
            // It says that it is done, but not with what.
            failure = session.cancelled(request);
        }
        if (failure != null) {
            // An error of the server that ends the connection does not say how far the commit had come.
            throw response.tellsOutcome() ? failure : unknown(failure);
        }
    }

    /** Of a transaction whose outcome nobody knows no rollback may say that it is over. */
    private SQLException unknown(SQLException e) {
        session.outcomeUnknown();
        return LineErrors.commitUnknown(e, session.context("commit"));
    }

    /**
     * Rolls the whole transaction back; one that was lost with its line is over then, see {@link #hasLostTransaction}.
     *
     * @throws SQLException if that fails; a connection whose transaction is open all the same is cut then, so that nobody can commit what was
     *     to be undone, and the server rolls back
     */
    public void rollback() throws SQLException {
        rollback(RequestOptions.DEFAULTS);
    }

    /** As {@link #rollback()}; one whose time runs out has failed. */
    public void rollback(RequestOptions options) throws SQLException {
        if (session.acceptLoss(ticket)) {
            return;
        }
        RunningRequest request;
        try {
            request = begin("rollback", options);
        } catch (TransactionLostException e) {
            // It meets the cut itself, and nothing was sent: what is asked for is what has happened.
            if (session.acceptLoss(ticket)) {
                return;
            }
            throw e;
        }
        rollback(request);
    }

    /** As {@link #rollback()}, but takes {@code closeTimeout} at most. */
    void rollbackBeforeClose() throws SQLException {
        if (session.acceptLoss(ticket)) {
            return;
        }
        RunningRequest request = begin("rollback", RequestOptions.DEFAULTS);
        request.giveUp();
        rollback(request);
    }

    private void rollback(RunningRequest request) throws SQLException {
        try {
            transact(request, new TransactionManagerRequest.Rollback(session.headers(), "", null));
        } catch (SQLException e) {
            if (inTransaction()) {
                session.breakLine(e);
            }
            throw e;
        }
    }

    /** @param name of the savepoint; 1 to 32 characters */
    public void save(String name) throws SQLException {
        save(name, RequestOptions.DEFAULTS);
    }

    /** As {@link #save(String)}. */
    public void save(String name, RequestOptions options) throws SQLException {
        String checked = checkSavepoint(name);
        RunningRequest request = begin("save", options);
        transact(request, new TransactionManagerRequest.Save(session.headers(), checked));
    }

    /** Rolls back to a savepoint; the transaction goes on. */
    public void rollbackTo(String name) throws SQLException {
        rollbackTo(name, RequestOptions.DEFAULTS);
    }

    /** As {@link #rollbackTo(String)}. */
    public void rollbackTo(String name, RequestOptions options) throws SQLException {
        String checked = checkSavepoint(name);
        RunningRequest request = begin("rollback to savepoint", options);
        transact(request, new TransactionManagerRequest.Rollback(session.headers(), checked, null));
    }

    /**
     * Together with the next request the session is put back to its state after login, and an open transaction rolled back: RESETCONNECTION
     * ([MS-TDS] 2.2.3.1.2). A server that runs the request without acknowledging the reset breaks the connection, because what the user
     * before has left may still be there. The lock time-out of the settings and the isolation level READ COMMITTED are restored. Without
     * effect on a connection that was given back to its pool.
     */
    public void resetOnNextRequest() {
        session.askForReset(ticket);
    }

    /**
     * Begins a load; the connection takes no other request until it is finished or closed.
     *
     * @param table as T-SQL would have it: one to three parts, quoted where need be; #temporary tables too
     * @throws SQLException if the table cannot be read
     */
    public BulkLoad bulkLoad(String table, BulkLoadOptions options) throws SQLException {
        return bulkLoad(table, options, null);
    }

    /**
     * As {@link #bulkLoad(String, BulkLoadOptions)}, for a load with a limit for all its requests together.
     *
     * @param whole null: each request has the limit of the options. They are for the undoing of what has failed in any case
     */
    public BulkLoad bulkLoad(String table, BulkLoadOptions options, Deadline whole) throws SQLException {
        return BulkLoad.prepare(this, session, table, options, whole);
    }

    /** Cancels the request that runs at this moment, if any, as {@link Response#cancel}. Does not wait. */
    public void cancel() {
        session.cancelRunning(ticket);
    }

    /**
     * Ends the connection: nothing new begins, a running request is cancelled, an open transaction is rolled back by the server. Takes
     * {@code closeTimeout} at most. A second close waits for the first. One that a pool has lent goes back to it instead.
     */
    @Override
    public void close() {
        if (lender == null) {
            session.close();
        } else {
            lender.giveBack(lease);
        }
    }

    /** As {@link #close}, but one that a pool has lent is ended as well instead of going back: its user does not trust it any more. */
    public void discard() {
        if (lender == null) {
            session.close();
        } else {
            lender.discard(lease);
        }
    }

    /** False once the connection is closed or known to be broken, if only until a rollback. Does not ask the server. */
    public boolean isOpen() {
        return session.admits(ticket) && session.isOpen();
    }

    /** True once its user has closed it, or the pool that lent it has; false for one that only broke. */
    public boolean isClosed() {
        return !session.admits(ticket) || session.wasClosed();
    }

    /**
     * Asks the server whether the connection works. A connection that is busy with a request is taken to be valid as long as it is open.
     *
     * @param within limit for the answer; zero: none
     */
    public boolean isValid(Duration within) {
        if (session.state().phase() != Phase.IDLE) {
            return isOpen();
        }
        try {
            leaveSetUpToNext();
            RunningRequest request = session.beginProbe(ticket, "is valid", new RequestOptions(within));
            try (Response response = sendBatch(request, "SELECT 1")) {
                response.finish();
            }
            return isOpen();
        } catch (SQLException e) {
            // Another thread was faster: then the connection is busy, as above.
            return isOpen() && SqlStates.WRONG_ORDER.equals(e.getSQLState());
        }
    }

    /** Runs a statement that returns nothing of interest. */
    void run(String operation, String sql, RequestOptions options) throws SQLException {
        try (Response response = sendBatch(begin(operation, options), sql)) {
            response.finish();
        }
    }

    /** What a reset takes away is set again at once, by the batch that carries the reset. */
    private void resetIfWanted(RequestOptions options) throws SQLException {
        if (!session.admits(ticket)) {
            throw LineErrors.closed(session.context("begin a request"));
        }
        leaveSetUpToNext();
        // A probe may have carried the reset already.
        if (session.setup().isDue()) {
            setUp(options);
        }
    }

    private void setUp(RequestOptions options) throws SQLException {
        String sql = session.setup().sql();
        if (!sql.isEmpty()) {
            run("set up the session", sql, options);
        }
        session.setup().done();
    }

    private void transact(RunningRequest request, TransactionManagerRequest message) throws SQLException {
        session.send(request, PacketType.TRANSACTION_MANAGER, out -> message.write(out, session.version()));
        try (Response response = new Response(session, request)) {
            response.finish();
        }
    }

    private Response sendBatch(RunningRequest request, String sql) throws SQLException {
        session.send(
                request,
                PacketType.SQL_BATCH,
                out -> new SqlBatch(session.headers(), sql).write(out, session.version()));
        return new Response(session, request);
    }

    private static String checkSavepoint(String name) {
        if (name.isEmpty() || name.length() > 32) {
            throw new IllegalArgumentException("a savepoint's name has 1 to 32 characters, not " + name.length());
        }
        return name;
    }
}
