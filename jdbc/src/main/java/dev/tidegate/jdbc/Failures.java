package dev.tidegate.jdbc;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;

/** The errors that this layer itself raises, each with the SQLState that ODBC and JDBC have for it. */
final class Failures {
    /** ODBC's state for a call on an object in the wrong state; here always: it is closed. */
    static final String CLOSED_STATE = "HY010";

    private Failures() {}

    /** @param what for instance {@code statement} */
    static SQLException closed(String what) {
        return new SQLNonTransientException("the " + what + " is closed", CLOSED_STATE);
    }

    static SQLException connectionClosed() {
        return new SQLNonTransientConnectionException("the connection is closed", "08003");
    }

    static SQLException sourceClosed() {
        return new SQLNonTransientConnectionException("the data source is closed", "08003");
    }

    static SQLFeatureNotSupportedException unsupported(String what) {
        return new SQLFeatureNotSupportedException(what, "0A000");
    }

    /** An argument that no state of the object would make legal. */
    static SQLException invalid(String message) {
        return new SQLNonTransientException(message, "HY024");
    }

    /** A call that is legal in another state of the object only. */
    static SQLException sequence(String message) {
        return new SQLNonTransientException(message, CLOSED_STATE);
    }
}
