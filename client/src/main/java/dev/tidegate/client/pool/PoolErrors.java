package dev.tidegate.client.pool;

import dev.tidegate.client.error.SqlStates;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** What a pool says when it cannot give a connection. */
final class PoolErrors {
    /** X/Open: the operation was ended from outside. */
    private static final String INTERRUPTED = "HY008";

    private final String name;

    /** @param name of the pool */
    PoolErrors(String name) {
        this.name = name;
    }

    /** Of the pool. */
    String name() {
        return name;
    }

    SQLException closed() {
        return new SQLNonTransientConnectionException("the pool " + name + " is closed", SqlStates.NOT_CONNECTED);
    }

    SQLException retired() {
        return new PoolRetiredException("the pool " + name + " is not used any more", SqlStates.NOT_CONNECTED);
    }

    SQLException leaseOver() {
        return new SQLNonTransientConnectionException(
                "the connection has been given back to the pool " + name, SqlStates.NOT_CONNECTED);
    }

    SQLException interrupted() {
        return new SQLTransientConnectionException(
                "interrupted while waiting for a connection of the pool " + name, INTERRUPTED);
    }

    /**
     * @param state of the pool, in words
     * @param lastFailure of an attempt to connect; null if the last one succeeded
     */
    SQLException timedOut(Duration limit, String state, SQLException lastFailure) {
        String because = lastFailure == null ? "" : "; the last attempt to connect failed: " + lastFailure.getMessage();
        return new SQLTimeoutException(
                "no connection from the pool " + name + " within " + limit.toMillis() / 1000.0
                        + " s (connectionTimeout): " + state + because,
                SqlStates.TIMED_OUT,
                lastFailure);
    }

    /** The same error once more, for one of several callers: an exception must not be thrown by two threads. */
    SQLException again(SQLException failure) {
        String text = failure.getMessage();
        String state = failure.getSQLState();
        int code = failure.getErrorCode();
        if (failure instanceof SQLInvalidAuthorizationSpecException) {
            return new SQLInvalidAuthorizationSpecException(text, state, code, failure);
        } else if (failure instanceof SQLTimeoutException) {
            return new SQLTimeoutException(text, state, code, failure);
        } else if (failure instanceof SQLTransientConnectionException) {
            return new SQLTransientConnectionException(text, state, code, failure);
        } else if (failure instanceof SQLNonTransientConnectionException) {
            return new SQLNonTransientConnectionException(text, state, code, failure);
        }
        return new SQLException(text, state, code, failure);
    }
}
