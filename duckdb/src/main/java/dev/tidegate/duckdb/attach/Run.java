package dev.tidegate.duckdb.attach;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Rows;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * One execution of a statement: everything that it does on servers is begun here, so that a cancel finds it, and so that the statement's
 * limit holds for it. Thread-safe.
 */
public final class Run {
    private final Set<TdsConnection> busy = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> elsewhere = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Duration limit;
    private final long start = System.nanoTime();
    private final LongAdder rows = new LongAdder();
    private volatile boolean cancelled;
    private volatile boolean pushDownRefused;

    /** @param limit zero: none */
    public Run(Duration limit) {
        this.limit = limit;
    }

    /**
     * Sends a request, within what is left of the statement's time. {@link #left} has to be called once the connection is free again.
     *
     * @throws SQLException 57014 if the statement was cancelled, also meanwhile
     */
    public Response execute(TdsConnection connection, String sql) throws SQLException {
        return begin(connection, () -> connection.execute(sql, options()));
    }

    /** As {@link #execute}, of procedures that are called in one round trip. */
    public Response call(TdsConnection connection, List<ProcedureCall> calls) throws SQLException {
        return begin(connection, () -> connection.call(calls, options()));
    }

    /** As {@link #execute}, with values for the names in the text; without any it is a plain batch. */
    public Response execute(TdsConnection connection, String sql, List<Parameter> parameters) throws SQLException {
        return parameters.isEmpty()
                ? execute(connection, sql)
                : call(connection, List.of(ProcedureCall.executeSql(sql, parameters)));
    }

    /** Runs T-SQL to its end. */
    public void finish(TdsConnection connection, String sql) throws SQLException {
        try (Response response = execute(connection, sql)) {
            response.finish();
        } finally {
            left(connection);
        }
    }

    /** Runs T-SQL, and reads all of its answer into memory; as {@link Rows#of(Response)}. */
    public List<Object[]> rows(TdsConnection connection, String sql, List<Parameter> parameters) throws SQLException {
        try {
            return Rows.of(execute(connection, sql, parameters));
        } finally {
            left(connection);
        }
    }

    private interface Sending {
        Response send() throws SQLException;
    }

    private Response begin(TdsConnection connection, Sending sending) throws SQLException {
        busy.add(connection);
        boolean sent = false;
        try {
            checkCancelled();
            Response response = sending.send();
            if (cancelled) {
                // The cancel may have come before there was a request that it could find.
                response.cancel();
            }
            sent = true;
            return response;
        } finally {
            if (!sent) {
                busy.remove(connection);
            }
        }
    }

    /**
     * For requests that are not sent through {@link #execute}: until {@link #left} a cancel finds those of this connection.
     *
     * @throws SQLException 57014 if the statement was cancelled
     */
    public void enter(TdsConnection connection) throws SQLException {
        busy.add(connection);
        if (cancelled) {
            busy.remove(connection);
        }
        checkCancelled();
    }

    private interface Step {
        void run(RequestOptions options) throws SQLException;
    }

    /** What a cancel finds, within what is left of the statement's time. */
    private void during(TdsConnection connection, Step step) throws SQLException {
        enter(connection);
        try {
            step.run(options());
        } finally {
            left(connection);
        }
    }

    /** Begins a transaction, within what is left of the statement's time. */
    public void begin(TdsConnection connection, IsolationLevel isolation) throws SQLException {
        during(connection, options -> connection.begin(isolation, options));
    }

    /** Sets the session's isolation level, within what is left of the statement's time. */
    public void isolate(TdsConnection connection, IsolationLevel isolation) throws SQLException {
        during(connection, options -> connection.setIsolation(isolation, options));
    }

    /**
     * Commits, within what is left of the statement's time; a cancel may come too late for it, and so may the end of the time.
     *
     * @throws SQLException as {@link TdsConnection#commit}; 57014 if the statement was cancelled before
     */
    public void commit(TdsConnection connection) throws SQLException {
        during(connection, options -> connection.commit(options));
    }

    /**
     * Rolls back what is open, within what is left of the statement's time; no cancel ends that. If nothing is left, it stays for the close of
     * the connection, which takes {@code closeTimeout} for it at most.
     */
    public void rollback(TdsConnection connection) throws SQLException {
        if (connection.hasLostTransaction()) {
            // Needs no server.
            connection.rollback();
        } else if (!isOver()) {
            connection.rollback(options());
        }
    }

    public void left(TdsConnection connection) {
        busy.remove(connection);
    }

    /** Ends what runs on servers and for the statement elsewhere, and what is begun later. Does not wait. */
    public void cancel() {
        cancelled = true;
        busy.forEach(TdsConnection::cancel);
        elsewhere.forEach(Runnable::run);
    }

    /** What a cancel has to do besides, from whatever thread, until {@link #over}; at once if the statement was cancelled already. */
    public void onCancel(Runnable cancel) {
        elsewhere.add(cancel);
        if (cancelled) {
            cancel.run();
        }
    }

    public void over(Runnable cancel) {
        elsewhere.remove(cancel);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** So many more rows have come from a server. */
    public void read(long more) {
        rows.add(more);
    }

    /** Rows that have come from servers so far. */
    public long rows() {
        return rows.sum();
    }

    /** Requests that run on servers now. */
    public int requests() {
        return busy.size();
    }

    /** Since it began. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A server has refused what was sent to it in DuckDB's place, or a condition. */
    public void pushDownRefused() {
        pushDownRefused = true;
    }

    public boolean isPushDownRefused() {
        return pushDownRefused;
    }

    /** The first failure is the one that the statement failed of. */
    public void failed(Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }

    /** @return what has failed on a server; null if nothing has */
    public Throwable failure() {
        return failure.get();
    }

    /** @throws SQLException 57014 if the statement was cancelled */
    public void checkCancelled() throws SQLException {
        if (cancelled) {
            throw new SQLException("the statement was cancelled", "57014");
        }
    }

    private RequestOptions options() throws SQLException {
        return limit.isZero() ? RequestOptions.DEFAULTS : RequestOptions.DEFAULTS.withTimeout(remaining());
    }

    /**
     * What is left of the statement's time; zero if it has no limit.
     *
     * @throws SQLTimeoutException if nothing is left
     */
    public Duration remaining() throws SQLTimeoutException {
        if (limit.isZero()) {
            return limit;
        }
        Duration left = left();
        if (left.isNegative() || left.isZero()) {
            throw timeIsOver(null);
        }
        return left;
    }

    /**
     * The shorter one of a limit and of what is left of the statement's time.
     *
     * @param other zero: none
     * @throws SQLTimeoutException if nothing is left
     */
    public Duration atMost(Duration other) throws SQLTimeoutException {
        Duration left = remaining();
        return left.isZero() || !other.isZero() && other.compareTo(left) < 0 ? other : left;
    }

    /** Whether the statement had a limit, and nothing is left of it. */
    private boolean isOver() {
        return !limit.isZero() && left().compareTo(Duration.ZERO) <= 0;
    }

    private Duration left() {
        return limit.minusNanos(System.nanoTime() - start);
    }

    /** @param cause what the time was over in; null: nothing that tells */
    private SQLTimeoutException timeIsOver(Throwable cause) {
        SQLTimeoutException over =
                new SQLTimeoutException("the query time-out of " + limit.toSeconds() + " s is over", "HYT00");
        if (cause != null) {
            // One that is given null has a cause for good, and who throws it on may know a better one.
            over.initCause(cause);
        }
        return over;
    }

    /** A time-out of what this statement has waited for is its own if its time was what was waited for. */
    SQLTimeoutException timedOut(SQLTimeoutException waiting) {
        return isOver() ? timeIsOver(waiting) : waiting;
    }

    /**
     * Waits for what another statement does, within what is left of this one's time.
     *
     * @throws ExecutionException if the other one fails of it, be it of its own cancel or limit
     * @throws SQLException 57014 if this one is cancelled
     */
    public <T> T await(CompletableFuture<T> others) throws SQLException, ExecutionException {
        CompletableFuture<T> mine = others.isDone() ? others : others.copy();
        Runnable cancel = () -> mine.cancel(false);
        if (mine != others) {
            onCancel(cancel);
        }
        try {
            Duration left = remaining();
            return left.isZero() ? mine.get() : mine.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            checkCancelled();
            throw e;
        } catch (TimeoutException e) {
            throw timeIsOver(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another statement looked the catalog up", "57014", e);
        } finally {
            over(cancel);
        }
    }

    /** Of what several requests do together; null if the statement has no limit. */
    public Deadline deadline() throws SQLTimeoutException {
        return limit.isZero() ? null : Deadline.after(remaining(), "the query time-out");
    }
}
