package dev.tidegate.client;

/** Isolation levels as a transaction manager request numbers them ([MS-TDS] 2.2.6.9): the ordinal is the number on the wire. */
public enum IsolationLevel {
    /** Whatever the session has at present. */
    CURRENT,
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE,
    SNAPSHOT;

    /**
     * The words that follow {@code SET TRANSACTION ISOLATION LEVEL}.
     *
     * @throws IllegalStateException for {@link #CURRENT}, which is not a level of its own
     */
    public String sql() {
        if (this == CURRENT) {
            throw new IllegalStateException("CURRENT is not a level that can be set");
        }
        return name().replace('_', ' ');
    }
}
