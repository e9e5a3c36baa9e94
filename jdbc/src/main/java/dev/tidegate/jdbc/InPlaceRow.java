package dev.tidegate.jdbc;

import dev.tidegate.client.Response;
import dev.tidegate.tds.row.PlainReader;
import dev.tidegate.tds.row.RowCursor;

/**
 * The row that stands on the line, for the thread that has moved to it: its getters take no lock. What they read counts only if the row has
 * stayed meanwhile ({@link #holds}); otherwise, and whenever a value is not a plain one, they take the lock and go by {@link Row}.
 */
final class InPlaceRow {
    /** No stamp of a connection. */
    private static final long NEVER = -1;

    private final Session session;
    private final Response response;
    private final RowCursor cursor;
    private final PlainReader reader;
    private final Thread reading = Thread.currentThread();
    private int stamp;
    /** Of the connection, as long as it is open and reads this row. */
    private long connection;

    InPlaceRow(Session session, Response response, RowCursor cursor) {
        this.session = session;
        this.response = response;
        this.cursor = cursor;
        this.reader = cursor.plainReader();
    }

    /** The present thread has moved to the next row; under the lock. */
    void moved() {
        stamp = response.rowStamp();
        // In this order: a close that is not seen here changes it afterwards.
        connection = response.connectionStamp();
        if (session.wasClosed()) {
            connection = NEVER;
        }
        reader.rowBegins();
    }

    /** Whether it is the present thread's, and reads the rows of this cursor. */
    boolean isFor(RowCursor rows) {
        return reading == Thread.currentThread() && cursor == rows;
    }

    /** Whether it is the present thread's, and nothing has happened to the connection. Other threads use nothing else of this. */
    boolean isReadable() {
        return reading == Thread.currentThread() && response.connectionStamp() == connection;
    }

    /** Moves to the next row without the lock; false if that takes the lock, also to be told what is wrong. */
    boolean advance() {
        return isReadable() && reader.advance();
    }

    PlainReader reader() {
        return reader;
    }

    /** Whether what was read last is a value of the row. */
    boolean holds() {
        return reader.isSure() && response.rowStamp() == stamp;
    }
}
