package dev.tidegate.client;

/** What a connection is doing. */
enum Phase {
    /** A server is looked for: name service, SQL Server Browser, TCP. */
    CONNECTING,
    /** There is a line; PRELOGIN, TLS and LOGIN7 are under way. */
    LOGGING_IN,
    /** Nothing: the next request may begin. */
    IDLE,
    /** Between two users, as in a pool: nothing may begin. */
    PARKED,
    /** A request is to be sent, but its line has ended: the session is taken up on another one. */
    RECONNECTING,
    /** A request is being written. */
    SENDING,
    /** A cancel came while the request is being written; its writer deals with it. */
    SENDING_CANCELLED,
    /** The request is with the server, nothing of the answer is here yet. */
    EXECUTING,
    /** The answer is arriving. */
    STREAMING,
    /** An attention is on its way or about to be; the answer ends with its confirmation. */
    CANCELLING,
    /** Nothing new can begin; one thread is ending the connection. */
    CLOSING,
    CLOSED,
    /** The line is lost; only close is left. */
    BROKEN,
    /** The line is lost, and an open transaction with it: nothing begins until its user has taken note by a rollback. */
    TRANSACTION_LOST;

    boolean isOpen() {
        return compareTo(CLOSING) < 0;
    }
}
