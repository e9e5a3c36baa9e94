package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One request of a statement and the reading of its answer: from the line, and from memory as far as another request has pushed it
 * there. Everything but {@link #cancel} and {@link #close} happens under the session's lock.
 */
final class Execution {
    /** Takes return statuses and output values, as soon as they are read: they are no results. */
    interface Receiver {
        void received(Item item) throws SQLException;
    }

    /** Something that was read ahead of its reader; rows go with their item. */
    private record Ahead(Item item, ResponseRows rows, SQLException failure) {}

    private final Session session;
    private final Warnings warnings;
    private final boolean readsOnly;
    private final Receiver receiver;
    private final Deque<Ahead> ahead = new ArrayDeque<>(1);
    /** Held for moments only: while a cancel is passed on, and for the end of what it could meet. */
    private final ReentrantLock cancels = new ReentrantLock();

    private volatile boolean sending;
    /** Of the same work; this itself unless it goes on with what another has begun. */
    private final Execution first;
    /** Of the first one: the work was cancelled. */
    private volatile boolean cancelled;

    private volatile boolean closed;
    private volatile boolean gaveSomething;
    private volatile Response response;
    private ResponseRows rows;
    /** The rows that the line stands in; they may be ahead of {@link #rows}. */
    private volatile ResponseRows live;

    /** By its own reader. */
    private boolean givenUp;

    private int messagesSeen;

    /**
     * @param readsOnly an early close may cancel the request without losing a change that somebody counts on
     * @param before the request before, if this is another one of the same work: a cancel of one goes for those that follow; else null
     */
    Execution(Session session, Warnings warnings, boolean readsOnly, Receiver receiver, Execution before) {
        this.first = before == null ? this : before.first;
        this.session = session;
        this.warnings = warnings;
        this.readsOnly = readsOnly;
        this.receiver = receiver;
    }

    void start(Request request, RequestOptions options) throws SQLException {
        session.lock().lock();
        try {
            response = session.send(this, request, options);
            if (first.cancelled) {
                response.cancel();
            }
        } finally {
            sent();
            session.lock().unlock();
        }
    }

    /** Requests of the client's own, of which a cancel ends the one that runs. */
    @FunctionalInterface
    interface Work<T> {
        T run(Execution execution) throws SQLException;
    }

    /** Runs them in place of a request. */
    <T> T work(Work<T> work) throws SQLException {
        session.lock().lock();
        try {
            session.prepareLine();
            session.beginIfNeeded();
            session.watch().requestGoesOut();
            goesOut();
            return work.run(this);
        } finally {
            sent();
            session.lock().unlock();
        }
    }

    /** From here on the line may carry another request, which a cancel that was meant for this one must not meet. */
    private void sent() {
        cancels.lock();
        sending = false;
        cancels.unlock();
    }

    boolean isCancelled() {
        return first.cancelled;
    }

    /** @throws SQLException if it has been cancelled by now */
    void checkCancelled() throws SQLException {
        if (first.cancelled || closed) {
            throw new SQLException("the statement was cancelled before it was sent", "HY008");
        }
    }

    /**
     * The line is free, and what goes out from here on is this request: a {@link #cancel} before would have met another one.
     *
     * @throws SQLException if it has been cancelled by now
     */
    void goesOut() throws SQLException {
        sending = true;
        checkCancelled();
    }

    /** Whether it is a later request of the same work. */
    boolean continues(Execution other) {
        return this != other && first == other.first;
    }

    /**
     * Moves to the next thing of the answer, past the rows left of the current result.
     *
     * @return null at the end
     * @throws SQLException a server's error, in its place; calling again goes on after it
     */
    Item next() throws SQLException {
        session.lock().lock();
        try {
            if (rows != null && rows != live) {
                rows.drop();
            }
            rows = null;
            Ahead first = ahead.poll();
            if (first == null) {
                return nextFromLine();
            }
            if (first.failure() != null) {
                throw first.failure();
            }
            rows = first.rows();
            return first.item();
        } finally {
            session.lock().unlock();
        }
    }

    Session session() {
        return session;
    }

    /** The rows of the {@link Item.Rows} that {@link #next} gave last. */
    ResponseRows rows() {
        return rows;
    }

    private Item nextFromLine() throws SQLException {
        if (live != null) {
            live.drop();
            live = null;
        }
        if (response == null || givenUp) {
            return null;
        }
        try {
            // One that another thread has closed, with the connection, says so: it has not come to its end.
            Item item = response.next();
            while (item instanceof Item.Status || item instanceof Item.OutputValue) {
                receiver.received(item);
                item = response.next();
            }
            gaveSomething |= item != null;
            if (item instanceof Item.Rows result) {
                rows = new ResponseRows(this, session.lock(), response, result.columns());
                live = rows;
            }
            return item;
        } catch (SQLException e) {
            session.watch().failed(e);
            throw e;
        } finally {
            collectMessages();
        }
    }

    /** Of a row, under the lock. */
    void failed(SQLException error) {
        session.watch().failed(error);
    }

    /** Whether the line stands in these rows. Any thread. */
    boolean isAtWork(ResponseRows these) {
        return live == these && isLive();
    }

    /** Whether a result or a count has come by now, so that something of the request has run. */
    boolean hasGivenAnything() {
        return gaveSomething;
    }

    /** True while the answer is not read to its end, so that the connection is not free. */
    boolean isLive() {
        Response current = response;
        return current != null && current.isOpen();
    }

    /**
     * Takes what has not arrived yet into memory, so that the connection becomes free.
     *
     * @param limit in bytes, estimated
     * @throws SQLException if it would be more; the answer can then be read on as before
     */
    void bufferRest(long limit) throws SQLException {
        long room = limit;
        ResponseRows shown = rows;
        if (shown != null && shown == live) {
            shown.detach();
        }
        while (isLive()) {
            if (live != null) {
                room = live.buffer(room);
                live = null;
            }
            room = bufferItem(room);
            if (room < 0) {
                throw ResponseRows.tooMuch(limit);
            }
        }
        rows = shown;
    }

    private long bufferItem(long room) {
        ResponseRows shown = rows;
        rows = null;
        try {
            Item item = nextFromLine();
            if (item != null) {
                ahead.add(new Ahead(item, rows, null));
            }
        } catch (SQLException e) {
            ahead.add(new Ahead(null, null, e));
        } finally {
            rows = shown;
        }
        return room - ResponseRows.ITEM_BYTES;
    }

    /**
     * The last row was read; under the lock. Behind the rows of a query that only reads comes nothing that anybody waits for, but it keeps
     * the connection busy.
     */
    void rowsEnded() {
        if (!readsOnly) {
            return;
        }
        live = null;
        while (isLive()) {
            bufferItem(0);
        }
    }

    /**
     * The reader gave up the rows it stood on; under the lock. A query that only reads has nothing more to say then, so that the server may
     * stop.
     */
    void rowsClosed() throws SQLException {
        if (readsOnly && isLive()) {
            givenUp = true;
            response.close();
        }
    }

    private void collectMessages() {
        List<ServerMessage> messages = response.messages();
        for (int i = messagesSeen; i < messages.size(); i++) {
            warnings.add(messages.get(i));
        }
        messagesSeen = messages.size();
    }

    /** Any thread, at any time; takes no lock that a request holds. */
    void cancel() throws SQLException {
        first.cancelled = true;
        Response current = response;
        if (current != null) {
            current.cancel();
        } else if (sending) {
            cancelSending();
        }
    }

    private void cancelSending() {
        cancels.lock();
        try {
            if (sending) {
                session.client().cancel();
            }
        } finally {
            cancels.unlock();
        }
    }

    /**
     * Gives up what has not been read. A query that only reads is cancelled; anything else runs to its end, because a change that was
     * asked for must not depend on how much of its answer was read.
     */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (!session.lock().tryLock()) {
            if (!isLive() && !sending) {
                // Another statement is at work, and nothing of this one is on the line.
                return;
            }
            cancel();
            session.lock().lock();
        }
        try {
            ahead.clear();
            rows = null;
            live = null;
            if (!isLive()) {
                return;
            }
            if (!readsOnly && !first.cancelled) {
                readOut();
            }
            response.close();
            collectMessages();
        } finally {
            session.lock().unlock();
        }
    }

    /** Errors in a part of the answer that nobody asked for are kept as warnings. */
    private void readOut() {
        while (isLive()) {
            try {
                if (nextFromLine() == null) {
                    return;
                }
            } catch (SQLException e) {
                warnings.add(new java.sql.SQLWarning(
                        "in the unread rest of the batch: " + e.getMessage(), e.getSQLState(), e.getErrorCode(), e));
            }
        }
    }
}
