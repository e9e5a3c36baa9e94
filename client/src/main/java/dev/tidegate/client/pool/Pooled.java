package dev.tidegate.client.pool;

import java.time.Duration;

/** A physical connection as its pool sees it. The pool calls one method at a time, but for {@link #close}, which may come at any time. */
interface Pooled {
    /** Without asking the server: nothing has come that nobody has asked for, the end of the line least of all. */
    boolean isQuiet();

    /** Asks the server. */
    boolean isValid(Duration limit);

    /** Nanoseconds since the server last ended an answer. Never fails. */
    long silence();

    /**
     * Ends what the last user has left behind: a running request, an open transaction. Bounded by {@code closeTimeout}.
     *
     * @return null if the next user can have it, else why not
     */
    String recycle();

    /** True if server or network have ended it, rather than its user or its pool: others will have fared alike. */
    boolean wasCut();

    /** Ends it within {@code closeTimeout}; nothing if it is closed. */
    void close(CloseReason reason);
}
