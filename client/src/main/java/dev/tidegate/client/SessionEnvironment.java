package dev.tidegate.client;

import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.type.Collation;
import java.util.Map;
import java.util.Objects;

/** What the server told of the session's state in ENVCHANGE tokens ([MS-TDS] 2.2.7.9), and nothing else. Any thread may read. */
final class SessionEnvironment {
    private volatile String database = "";
    private volatile String language = "";
    private volatile String loginDatabase = "";
    private volatile String loginLanguage = "";
    private volatile Collation loginCollation;
    private volatile String packetSize = "";
    private volatile Collation collation;
    private volatile long transaction;
    private volatile boolean resetAcknowledged;

    /** All that the login has changed was applied; a reset comes back to this. */
    void loggedIn() {
        loginDatabase = database;
        loginLanguage = language;
        loginCollation = collation;
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

    /** The transaction has ended with its line. */
    void transactionLost() {
        transaction = 0;
    }

    /** The reset that is to come with the next request changes nothing in a session that is new. */
    void backToLogin() {
        database = loginDatabase;
        language = loginLanguage;
    }

    /** What the session began with, for one that is to take it up. */
    SessionRecovery.State initial(Map<Integer, byte[]> states) {
        return new SessionRecovery.State(loginDatabase, loginCollation, loginLanguage, states);
    }

    /** How it differs from that now. */
    SessionRecovery.State changed(Map<Integer, byte[]> states) {
        return new SessionRecovery.State(
                database.equals(loginDatabase) ? "" : database,
                Objects.equals(collation, loginCollation) ? null : collation,
                language.equals(loginLanguage) ? "" : language,
                states);
    }

    /** In what {@code other}, of a session that was to take this one up, is not the same; null if in nothing. */
    String difference(SessionEnvironment other) {
        if (!database.equalsIgnoreCase(other.database)) {
            return "its database would be '" + other.database + "', not '" + database + "'";
        }
        if (!language.equalsIgnoreCase(other.language)) {
            return "its language would be '" + other.language + "', not '" + language + "'";
        }
        if (!Objects.equals(collation, other.collation)) {
            return "its collation would be another one";
        }
        return packetSize.equals(other.packetSize)
                ? null
                : "its packets would have " + other.packetSize + " bytes, not " + packetSize;
    }

    private void applyText(EnvChange.Text text) {
        if (text.type() == EnvChange.DATABASE) {
            database = text.newValue();
        } else if (text.type() == EnvChange.LANGUAGE) {
            language = text.newValue();
        } else if (text.type() == EnvChange.PACKET_SIZE) {
            packetSize = text.newValue();
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
