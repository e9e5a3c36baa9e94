package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;

/** What SET changes. A reset makes a new one. Used by one thread. */
final class SessionSettings {
    boolean noCount;
    boolean abortOnError;
    boolean implicitTransactions;
    boolean quotedIdentifiers = true;
    boolean formatOnly;
    /** Milliseconds to wait for a lock; -1 for as long as it takes. */
    long lockTimeout = -1;
    /** Rows that a statement returns at most; 0 for all. */
    long rowLimit;

    int textSize = Integer.MAX_VALUE;
    String language = "us_english";
    IsolationLevel isolation = IsolationLevel.READ_COMMITTED;
    /** {@code schema.name} of the table for which IDENTITY_INSERT is ON; null if there is none. */
    String identityInsert;
}
