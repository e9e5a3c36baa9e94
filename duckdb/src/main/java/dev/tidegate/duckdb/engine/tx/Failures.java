package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.error.SqlStates;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;

/** What is said of transactions that did not end well. */
final class Failures {
    private Failures() {}

    /** In DuckDB's own words, with the first failure as cause. */
    static SQLException aborted(Throwable first) {
        int code = first instanceof SQLException e ? e.getErrorCode() : 0;
        return new SQLException(
                "Current transaction is aborted (please ROLLBACK); it failed of: " + first.getMessage(),
                "25P02",
                code,
                first);
    }

    static SQLException closed() {
        return new SQLException("the connection is closed", SqlStates.NOT_CONNECTED);
    }

    static SQLException readOnly(String text) {
        return new SQLException(text, "25006");
    }

    static SQLException otherWritten(String wanted, String written) {
        return new SQLException(
                "Attempting to write to database \"" + wanted
                        + "\" in a transaction that has already modified database \"" + written
                        + "\" - a single transaction can only write to a single attached database.",
                "25000");
    }

    /** The transaction is not what it was: somebody has sent COMMIT or ROLLBACK as text, or the server has given it up. */
    static SQLException endedMeanwhile(String database) {
        return new SQLException(
                "the transaction on the server of " + database + " has ended, by COMMIT or ROLLBACK in a text or by the"
                        + " server itself; DuckDB's part can only be rolled back",
                "40000");
    }

    static SQLException notEnded(String database) {
        return new SQLException(
                "a text has begun a transaction of its own on the server of " + database
                        + " and not ended it; nothing was" + " committed",
                "25000");
    }

    /** Nobody knows what the server did; what DuckDB did is known. */
    static SQLException unknown(String database, SQLException e) {
        return new SQLRecoverableException(
                "whether the server of " + database + " has committed is unknown; DuckDB's part is rolled back: "
                        + e.getMessage(),
                SqlStates.OUTCOME_UNKNOWN,
                e.getErrorCode(),
                e);
    }

    static boolean isUnknown(SQLException e) {
        return SqlStates.OUTCOME_UNKNOWN.equals(e.getSQLState());
    }

    /** Runs what has to be done after a failure, whatever becomes of it. */
    static void after(Throwable first, Cleanup cleanup) {
        try {
            cleanup.run();
        } catch (SQLException | RuntimeException | Error secondary) {
            if (secondary != first) {
                first.addSuppressed(secondary);
            }
        }
    }

    interface Cleanup {
        void run() throws SQLException;
    }
}
