package dev.tidegate.jdbc;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.UncheckedIOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One physical connection as java.sql needs it: one request at a time, and a transaction that begins with the first request after
 * auto-commit went off.
 *
 * <p>A request that comes while a result is still being read does not disturb it: the rest of that result is first taken into memory, up
 * to {@link #MOST_BUFFERED} bytes. Beyond that the new request is refused, and the open result goes on as if nothing had happened.
 *
 * <p>Everything but {@link #close} and {@link #cancel} happens under {@link #lock}; these two take no lock that a request holds.
 */
final class Session {
    /** Estimated bytes of unread results that a second request may push into memory. */
    static final long MOST_BUFFERED = 64L << 20;

    /** The server's "Could not find prepared statement with handle". */
    private static final int HANDLE_UNKNOWN = 8179;

    private final TdsConnection client;
    private final ReentrantLock lock = new ReentrantLock();
    private final TransactionWatch watch = new TransactionWatch();
    private final Warnings warnings = new Warnings();
    private final LoadTargets loadTargets = new LoadTargets();
    private final BatchMetrics batches = new BatchMetrics();
    private final AtomicInteger savepoints = new AtomicInteger();
    private final AtomicLong transactions = new AtomicLong();
    private volatile Execution active;
    private volatile boolean autoCommit = true;
    private volatile boolean closed;

    Session(TdsConnection client) {
        this.client = client;
    }

    TdsConnection client() {
        return client;
    }

    ReentrantLock lock() {
        return lock;
    }

    static void requireOpen(TdsConnection client) throws SQLException {
        if (!client.isOpen() && !client.hasLostTransaction()) {
            throw Failures.connectionClosed();
        }
    }

    boolean autoCommit() {
        return autoCommit;
    }

    void setAutoCommit(boolean on) {
        autoCommit = on;
    }

    /** True if nobody reads an answer at present. */
    boolean isIdle() {
        Execution running = active;
        return running == null || !running.isLive();
    }

    /** Sends a request for {@code execution}; under the lock. */
    Response send(Execution execution, Request request, RequestOptions options) throws SQLException {
        prepareLine();
        beginIfNeeded();
        watch.requestGoesOut();
        execution.goesOut();
        try {
            Response response = request.send(client, options);
            active = execution;
            return response;
        } catch (ValueOutOfRangeException e) {
            throw new SQLDataException("a parameter cannot be sent: " + e.getMessage(), "22003", e);
        } catch (UncheckedIOException e) {
            throw LongValue.failed(e);
        }
    }

    /** Auto-commit is off and nothing was asked for since the last commit; under the lock, on the free connection. */
    void beginIfNeeded() throws SQLException {
        if (!autoCommit) {
            watch.check(client.inTransaction());
            if (!client.inTransaction()) {
                client.begin(IsolationLevel.CURRENT);
                watch.begun();
            }
        }
    }

    /** Of the connection; a statement has its own. */
    Warnings warnings() {
        return warnings;
    }

    /** Numbers them from 1 on. */
    int nextSavepoint() {
        return savepoints.incrementAndGet();
    }

    /** How many transactions the user has ended. */
    long transactions() {
        return transactions.get();
    }

    void transactionEnded() {
        transactions.incrementAndGet();
    }

    /** What is known of the tables that batches go into; under the lock. */
    LoadTargets loadTargets() {
        return loadTargets;
    }

    BatchMetrics batches() {
        return batches;
    }

    /** What has become of the user's transaction. */
    TransactionWatch watch() {
        return watch;
    }

    /** Makes the connection free for a request that belongs to no statement; under the lock. */
    void prepareLine() throws SQLException {
        requireOpen(client);
        Execution running = active;
        if (running != null) {
            running.bufferRest(MOST_BUFFERED);
            active = null;
        }
        List<Integer> discarded = client.statementHandles().takeDiscarded();
        if (!discarded.isEmpty()) {
            giveBack(discarded);
        }
    }

    private void giveBack(List<Integer> handles) throws SQLException {
        List<ProcedureCall> calls = handles.stream()
                .map(handle -> ProcedureCall.byId(
                        ProcedureCall.SP_UNPREPARE, List.of(Parameter.in(TypeInfo.integer(), handle))))
                .toList();
        try (Response response = client.call(calls, RequestOptions.DEFAULTS)) {
            response.finish();
        } catch (SQLException e) {
            for (SQLException each = e; each != null; each = each.getNextException()) {
                if (each.getErrorCode() != HANDLE_UNKNOWN) {
                    throw e;
                }
            }
            // What the server does not know, as after a reconnect that this request has met, is given back already.
        }
    }

    /** Runs a request and reads its whole answer; for the small ones that the driver itself needs. */
    void run(String sql) throws SQLException {
        lock.lock();
        try {
            prepareLine();
            try (Response response = client.execute(sql)) {
                response.finish();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A transaction-manager request, or anything else that is done by the client itself. */
    void run(Task task) throws SQLException {
        lock.lock();
        try {
            prepareLine();
            task.run(client);
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #run(Task)} does on the free connection. */
    @FunctionalInterface
    interface Task {
        void run(TdsConnection client) throws SQLException;
    }

    /** Whether its user has closed it; false for one that only broke. */
    boolean wasClosed() {
        return closed || client.isClosed();
    }

    /** A connection that somebody keeps although it is closed keeps no statement and no row with it. */
    void close() {
        closed = true;
        client.close();
        active = null;
    }

    /** As {@link #close}, and no pool gets it back. */
    void discard() {
        closed = true;
        client.discard();
        active = null;
    }
}
