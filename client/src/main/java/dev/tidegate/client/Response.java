package dev.tidegate.client;

import dev.tidegate.client.error.LineErrors;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.Token;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The answer to a request, read as it arrives, in constant memory. The connection takes no other request until the answer was read to
 * its end or closed.
 *
 * <p>Every call that waits for the server is bounded by the request's limit and, after a cancel, by {@code cancelQueryTimeout}. {@link
 * #cancel} and {@link #close} may come from any thread; the rest belongs to one thread at a time.
 */
public final class Response implements AutoCloseable {
    private static final long NOBODY = -1;
    private static final String CLOSED = "the answer is closed";
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(Response.class, "holder", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Session session;
    private final ConnectionState state;
    private final AnswerReader answer;
    private final ReentrantLock reading = new ReentrantLock();
    private final boolean severalCalls;
    /** The end of a call whose errors or count were given first. */
    private boolean callEnds;

    /** The token that ended a result in place of a DONE. */
    private Token behindRows;

    private RowDecoder decoder;
    private boolean inRows;

    /**
     * The thread that reads a row in place and so owns the buffer behind it, by its id; {@link #NOBODY} outside rows. Written under the lock,
     * by {@link #hold}: whoever looks without it looks for himself.
     */
    private volatile long holder = NOBODY;

    /** Changes whenever a row is left, before its bytes do. */
    private int rowStamp;

    private volatile boolean closed;
    /** Whether nothing was left to drop when it was closed. */
    private volatile boolean whole;

    Response(Session session, RunningRequest request) {
        this(session, request, false);
    }

    /** @param severalCalls whether the end of each call is to be told */
    Response(Session session, RunningRequest request, boolean severalCalls) {
        this.session = session;
        this.state = session.state();
        this.severalCalls = severalCalls;
        this.answer = new AnswerReader(session, request);
        session.responding(this);
    }

    /**
     * Moves to the next thing of the answer; the rows left of the current result are skipped.
     *
     * @return null at the end of the answer, also if it was closed behind that
     * @throws SQLException in the place of a server's error; calling again goes on after it. After a cancel or time-out, in the place of
     *     the first thing that it has cost, once the server has confirmed it: the connection is ready for the next request. Counts,
     *     statuses and output values of what the server had done by then come before; if it had done everything, nothing is thrown
     */
    public Item next() throws SQLException {
        reading.lock();
        try {
            leaveRow();
            if (!whole) {
                checkOpen();
            }
            inRows = false;
            if (callEnds) {
                callEnds = false;
                return new Item.CallEnd();
            }
            for (Token token = nextToken(); token != null; token = nextToken()) {
                Item item = item(token);
                if (item != null) {
                    return item;
                }
            }
            return null;
        } finally {
            leaveQuietly();
        }
    }

    /**
     * Moves to the next row of the current {@link Item.Rows}.
     *
     * @return false at the end of this result
     * @throws SQLException as {@link #next}: an error within a result stands where the server put it
     */
    public boolean nextRow() throws SQLException {
        reading.lock();
        try {
            leaveRow();
            if (!nextMarker()) {
                return false;
            }
            answer.loadRow();
            hold(Thread.currentThread().getId());
            return true;
        } catch (IOException e) {
            throw answer.fail(e);
        } finally {
            leaveQuietly();
        }
    }

    /**
     * The current row, read in place; it changes with every {@link #nextRow}. Its methods that throw an {@link IOException} mean a line
     * that failed: see {@link #failed}. A close that comes from another thread leaves the row as it is until this thread calls a method of
     * the answer, or somebody begins the next request: a getter gives the right value or throws.
     *
     * @throws IllegalStateException if there is no row, or the answer was closed and its row with it
     */
    public RowCursor row() {
        if (isGone()) {
            throw new IllegalStateException(CLOSED);
        }
        RowCursor cursor = answer.cursor();
        if (cursor == null) {
            throw new IllegalStateException("there is no row; call next() until it returns Rows, then nextRow()");
        }
        return cursor;
    }

    /**
     * {@link #row} where a {@link dev.tidegate.tds.row.PlainReader} may have gone on to later rows: makes the one on which it is the current one.
     * Any thread.
     */
    public void settleRow() {
        RowCursor cursor = answer.cursor();
        if (cursor != null && cursor.isAhead()) {
            reading.lock();
            try {
                cursor.settle();
            } finally {
                reading.unlock();
            }
        }
    }

    /**
     * For a thread that reads the row that it has moved to without the lock that others take who may move on: as long as this number, asked
     * after a read, is what it was before, the bytes that were read are of that row, and those behind it that a {@link
     * dev.tidegate.tds.row.PlainReader} goes on to stay as well. Never the same for two calls of {@link #nextRow}, short of 2<sup>32</sup>.
     */
    public int rowStamp() {
        VarHandle.acquireFence();
        return rowStamp;
    }

    /**
     * A number that stays the same only as long as nothing happens to the connection: no end of the request, no cancel, no close. One volatile
     * read, for whoever asks at each value. Any thread.
     */
    public long connectionStamp() {
        return state.stamp();
    }

    private void leaveRow() {
        rowStamp++;
        VarHandle.storeStoreFence();
        hold(NOBODY);
    }

    /** The lock tells the others; a barrier for each row would cost as much as a value. */
    private void hold(long thread) {
        HOLDER.setRelease(this, thread);
    }

    /**
     * What an {@link IOException} of {@link #row} means: the connection is of no use afterwards, unless it was only a {@code
     * dev.tidegate.tds.type.UnreadableValueException}.
     */
    public SQLException failed(IOException cause) {
        if (isGone()) {
            // The line may serve another request by now, which this must not end.
            SQLException gone = LineErrors.wrongOrder(CLOSED);
            gone.initCause(cause);
            return gone;
        }
        return answer.fail(cause);
    }

    /**
     * Decodes up to {@code maxRows} rows of the current result into {@code sinks}, rows counted from 0 at each call.
     *
     * <p>An exception of a sink comes through, and reading may go on. After a {@link dev.tidegate.tds.row.RefusedRowException} it does so with
     * the row behind the one that was refused. After any other, sinks that take one value after the other go on likewise; of those that take
     * runs ({@link dev.tidegate.tds.row.RunSink}) the whole run is skipped, and how many rows it had is not told.
     *
     * @param sinks one for each column; null skips the column
     * @return rows decoded; 0 at the end of this result
     * @throws SQLException as {@link #next}
     */
    public int readColumns(ColumnSink[] sinks, int maxRows) throws SQLException {
        reading.lock();
        try {
            leaveRow();
            checkOpen();
            int rows = 0;
            while (rows < maxRows && !closed && nextMarker()) {
                if (decoder == null) {
                    decoder = RowDecoder.ofColumns(answer.columns());
                }
                rows += decoder.decode(answer.in(), answer.takeRow(), sinks, rows, maxRows - rows);
            }
            if (rows == 0) {
                // Closed meanwhile is not the end of the result.
                checkOpen();
            }
            return rows;
        } catch (IOException e) {
            throw answer.fail(e);
        } finally {
            leaveQuietly();
        }
    }

    /** Informational messages so far, the oldest first; at most the first 1,000. Any thread. */
    public List<ServerMessage> messages() {
        return answer.messages();
    }

    /**
     * Reads the rest to its end; what a caller does who wants all statements of a batch to run. Throws the errors in it, chained.
     *
     * @throws SQLException also if the answer is closed, be it meanwhile by another thread: then not all of it has been read
     */
    public void finish() throws SQLException {
        SQLException first = null;
        boolean more = true;
        while (more) {
            try {
                more = next() != null;
            } catch (SQLException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.setNextException(e);
                }
                more = isOpen();
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Whether this answer has told of a transaction that was committed, whoever has read it. */
    boolean hasCommitted() {
        return underLock(answer::hasCommitted);
    }

    /** Whether this answer leaves no doubt about a transaction that it was asked to end. */
    boolean tellsOutcome() {
        return underLock(answer::tellsOutcome);
    }

    /** Whether the server has confirmed an attention: it was interrupted, or was done when that came. */
    boolean wasInterrupted() {
        return underLock(answer::isConfirmed);
    }

    private boolean underLock(BooleanSupplier question) {
        reading.lock();
        try {
            return question.getAsBoolean();
        } finally {
            reading.unlock();
        }
    }

    /** True until the end of the answer was read, or {@link #close}. */
    public boolean isOpen() {
        return !closed && !answer.isEnded();
    }

    /**
     * Cancels the request, if it still runs: whoever reads this answer gets an exception once the server has confirmed, unless the server
     * was done with the request by then and no row has to be dropped. Any thread; does not wait for the server.
     */
    public void cancel() {
        answer.request().cancel(RunningRequest.Reason.USER);
    }

    /**
     * Drops what has not been read: cancels the request if the server is not done with it, and reads up to the confirmation, so that the
     * connection is ready for the next request. Takes {@code closeTimeout} at most; then the connection is cut. Any thread; a second
     * close does nothing. While another thread has a row, only the cancel is sent: the rest is dropped when that thread goes on, or by
     * the next request.
     *
     * @throws SQLException if the line fails
     */
    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        whole = answer.isEnded();
        closed = true;
        if (whole || !session.isOpen()) {
            return;
        }
        if (!reading.tryLock()) {
            // Another thread reads: the cancel wakes it, and it drains on its way out or leaves it to this one.
            answer.request().cancel(RunningRequest.Reason.ABANDONED);
            if (!lockWithin(session.settings().closeTimeout())) {
                return;
            }
        }
        if (isHeldByAnother()) {
            answer.request().cancel(RunningRequest.Reason.ABANDONED);
            session.abandon(this);
        } else {
            leaveRow();
        }
        leave();
    }

    /** Closed, and nobody reads a row any more that was there before. */
    private boolean isGone() {
        return closed && holder == NOBODY;
    }

    private boolean isHeldByAnother() {
        return holder != NOBODY && holder != Thread.currentThread().getId();
    }

    /** The connection's next request is about to begin: the row that the answer was closed over is given up. */
    void dropAbandoned() throws SQLException {
        if (lockWithin(session.settings().closeTimeout())) {
            leaveRow();
            leave();
        }
    }

    private boolean lockWithin(Duration limit) {
        try {
            return reading.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets go of the answer; if it was closed meanwhile, be it by a sink that this thread has called, drops the rest first. */
    private void leave() throws SQLException {
        try {
            if (closed && holder == NOBODY && reading.getHoldCount() == 1) {
                dropRest();
            }
        } finally {
            reading.unlock();
        }
    }

    /** As {@link #leave}, where an error is on its way already or the caller has asked for something else. */
    private void leaveQuietly() {
        try {
            leave();
        } catch (SQLException e) {
            // The connection is broken by this, and says so when it is used next.
            closed = true;
        }
    }

    private void dropRest() throws SQLException {
        if (!answer.isEnded() && session.isOpen()) {
            if (!answer.isRestHere()) {
                answer.request().cancel(RunningRequest.Reason.ABANDONED);
            }
            answer.drain();
        }
    }

    private Token nextToken() throws SQLException {
        Token kept = behindRows;
        behindRows = null;
        return kept != null ? kept : answer.next();
    }

    /** False at the end of the current result, whose errors are thrown there. */
    private boolean nextMarker() throws SQLException {
        checkOpen();
        if (!inRows) {
            return false;
        }
        Token token = answer.next();
        if (token instanceof RowMarker) {
            return true;
        }
        inRows = false;
        if (token instanceof Done done) {
            callEnds = severalCalls && done.kind() == Done.Kind.DONEPROC;
            throwErrors(done);
        } else {
            // sp_prepare describes a result and goes on with its status, without a DONE between.
            behindRows = token;
        }
        return false;
    }

    private Item item(Token token) throws SQLException {
        if (token instanceof ColMetadata metadata) {
            inRows = true;
            decoder = null;
            return new Item.Rows(metadata.columns());
        }
        if (token instanceof Done done) {
            return doneItem(done);
        }
        if (token instanceof ReturnStatus status) {
            return new Item.Status(status.value());
        }
        if (token instanceof ReturnValue value) {
            return new Item.OutputValue(value.ordinal(), value.name(), value.type(), value.value());
        }
        // A row that was skipped.
        return null;
    }

    private Item doneItem(Done done) throws SQLException {
        callEnds = severalCalls && done.kind() == Done.Kind.DONEPROC;
        throwErrors(done);
        // A count of SELECT belongs to its rows, or to an assignment.
        if (done.hasCount() && done.command() != Done.COMMAND_SELECT && !done.isAttention()) {
            return new Item.UpdateCount(done.rowCount());
        }
        boolean ends = callEnds;
        callEnds = false;
        return ends ? new Item.CallEnd() : null;
    }

    private void throwErrors(Done done) throws SQLException {
        SQLException errors = answer.takeErrors(done);
        if (errors != null) {
            throw errors;
        }
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw LineErrors.wrongOrder(CLOSED);
        }
    }
}
