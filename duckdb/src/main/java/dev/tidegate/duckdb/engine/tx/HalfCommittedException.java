package dev.tidegate.duckdb.engine.tx;

import java.sql.SQLNonTransientException;

/** A server has committed its part of a transaction, and DuckDB has not. SQLState 25S01. Not worth another attempt as it stands. */
public final class HalfCommittedException extends SQLNonTransientException {
    private static final long serialVersionUID = 1L;

    HalfCommittedException(String database, Throwable cause) {
        super(
                "the server of " + database
                        + " has committed its part of the transaction, but DuckDB has rolled back its" + " own: "
                        + cause.getMessage(),
                "25S01",
                cause);
    }
}
