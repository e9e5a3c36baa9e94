package dev.tidegate.server.backend;

/** Isolation levels as a transaction manager request numbers them ([MS-TDS] 2.2.6.9): the ordinal is the number on the wire. */
public enum IsolationLevel {
    CURRENT,
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE,
    SNAPSHOT
}
