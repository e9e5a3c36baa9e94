package dev.tidegate.duckdb.load;

import dev.tidegate.tds.token.Column;
import java.sql.SQLException;

/** Decides which column of a query may go into which column of a SQL Server's table, and how. */
interface Mapping {
    /** @throws SQLException for a pair that is not taken; the message says what to do */
    Feed feed(DuckColumn from, Column to) throws SQLException;
}
