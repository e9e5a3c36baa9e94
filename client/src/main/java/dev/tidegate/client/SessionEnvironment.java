package dev.tidegate.client;

import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.type.Collation;

/** What the server told of the session's state in ENVCHANGE tokens ([MS-TDS] 2.2.7.9), and nothing else. Any thread may read. */
final class SessionEnvironment {
    private volatile String database = "";
    private volatile String language = "";
    private volatile String loginDatabase = "";
    private volatile String loginLanguage = "";
    private volatile Collation collation;
    private volatile long transaction;
    private volatile boolean resetAcknowledged;

    /** All that the login has changed was applied; a reset comes back to this. */
    void loggedIn() {
        loginDatabase = database;
        loginLanguage = language;
    }

    void apply(EnvChange change) {
        if (change instanceof EnvChange.Text text) {
            applyText(text);
        } else if (change instanceof EnvChange.CollationChange changed) {
            collation = changed.newValue() != null ? changed.newValue() : collation;
        } else if (change instanceof EnvChange.Transaction changed) {
            applyTransaction(changed);
        } else if (change instanceof EnvChange.ResetAcknowledged) {
            resetAcknowledged = true;
            // What was open is rolled back by the reset. Servers need not tell what else they have put back.
            transaction = 0;
            database = loginDatabase;
            language = loginLanguage;
        }
    }

    private void applyText(EnvChange.Text text) {
        if (text.type() == EnvChange.DATABASE) {
            database = text.newValue();
        } else if (text.type() == EnvChange.LANGUAGE) {
            language = text.newValue();
        }
    }

    private void applyTransaction(EnvChange.Transaction changed) {
        switch (changed.type()) {
            case EnvChange.BEGIN_TRANSACTION, EnvChange.ENLIST_DTC -> transaction = changed.newDescriptor();
            case EnvChange.COMMIT_TRANSACTION, EnvChange.ROLLBACK_TRANSACTION, EnvChange.TRANSACTION_ENDED ->
                transaction = 0;
            default -> {}
        }
    }

    String database() {
        return database;
    }

    String language() {
        return language;
    }

    /** Null if the server did not tell. */
    Collation collation() {
        return collation;
    }

    /** Descriptor of the open transaction; 0: none. */
    long transaction() {
        return transaction;
    }

    /** The reset that was asked for with a request has been confirmed; asking clears it. */
    boolean takeResetAcknowledged() {
        boolean was = resetAcknowledged;
        resetAcknowledged = false;
        return was;
    }
}
