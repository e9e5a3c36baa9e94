package dev.tidegate.duckdb.engine.tx;

import java.sql.SQLException;

/** DuckDB's part of a transaction. */
public interface LocalPart {
    /** @throws SQLException if DuckDB has given the transaction up, which its own COMMIT would not tell */
    void check() throws SQLException;

    void commit() throws SQLException;

    void rollback() throws SQLException;
}
