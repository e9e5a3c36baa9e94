package dev.tidegate.duckdb.write;

import dev.tidegate.client.Response;
import java.sql.SQLException;

/** Takes the rows of a table that an INSERT has made, as the table has them: with defaults, numbers and what the server has computed. */
public interface InsertedRows {
    /**
     * @param answer whose result has all columns of the table
     * @return rows
     */
    long take(Response answer) throws SQLException;

    /** All rows were taken; if this fails, none of them is kept. */
    void finish() throws SQLException;
}
