package dev.tidegate.jdbc.transaction;

import dev.tidegate.client.error.SqlStates;
import java.sql.SQLException;

/** What has become of a transaction whose end failed. */
public enum TransactionOutcome {
    /** Nothing of it is in the database. */
    ROLLED_BACK,
    /** The connection broke after the commit was sent and before its answer: it may have taken place. Look before doing it again. */
    UNKNOWN;

    /**
     * Of what {@link Transactions#run} or {@link java.sql.Connection#commit} has thrown.
     *
     * @param thrown looked at with its causes
     */
    public static TransactionOutcome of(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 32; t = t.getCause(), depth++) {
            if (t instanceof SQLException e && SqlStates.OUTCOME_UNKNOWN.equals(e.getSQLState())) {
                return UNKNOWN;
            }
        }
        return ROLLED_BACK;
    }
}
