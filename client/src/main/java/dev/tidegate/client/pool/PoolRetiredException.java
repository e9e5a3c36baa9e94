package dev.tidegate.client.pool;

import java.sql.SQLException;

/** The pool is being dropped because it was not in use, see {@link ConnectionPool#retire}: whoever comes now is served by another one. */
public final class PoolRetiredException extends SQLException {
    private static final long serialVersionUID = 1;

    PoolRetiredException(String message, String state) {
        super(message, state);
    }
}
