package dev.tidegate.client.pool;

/** Why a pool has closed a connection. */
public enum CloseReason {
    /** It was older than {@code maxLifetime}. */
    LIFETIME,
    /** It was not used for {@code idleTimeout}, and more than {@code minimumIdle} were idle. */
    IDLE,
    /** Server or network have ended it, or it did not answer. */
    DEAD,
    /** It was idle when another one was found dead: one outage empties the pool once. */
    OUTAGE,
    /** Its user left it in a state that could not be put right in time, or has said that it is of no use. */
    SPOILT,
    /** {@link ConnectionPool#evict} */
    EVICTED,
    /** Its user has lost it without giving it back. */
    FORGOTTEN,
    /** The pool was closed. */
    POOL_CLOSED
}
