package dev.tidegate.jdbc.transaction;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is to be done within one transaction. It may be run more than once, each time in a transaction of its own of which nothing is left
 * if it fails; so it should change nothing but the database.
 *
 * @param <T> its result
 * @param <X> what it throws besides {@link SQLException}
 */
@FunctionalInterface
public interface TransactionWork<T, X extends Exception> {
    /**
     * @param connection with auto-commit off; not to be committed, rolled back or closed here, nor kept
     * @throws SQLException as any exception, to have the transaction rolled back
     */
    T run(Connection connection) throws SQLException, X;
}
