package dev.tidegate.duckdb.write;

import dev.tidegate.client.Response;
import java.sql.SQLException;

/**
 * Takes the rows of a table that a statement has changed: those that it has made or updated as the table has them then, with defaults,
 * numbers and what the server has computed; those that it has deleted as they were.
 */
public interface ChangedRows {
    /** What was done to a row. */
    enum Action {
        INSERT,
        UPDATE,
        DELETE
    }

    /**
     * @param answer whose result has all columns of the table
     * @return rows
     */
    long take(Action action, Response answer) throws SQLException;

    /** All rows were taken; if this fails, nothing is changed. */
    void finish() throws SQLException;
}
