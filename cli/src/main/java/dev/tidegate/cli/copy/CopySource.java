package dev.tidegate.cli.copy;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** What a copy reads: rows that DuckDB can be asked for. Used by one thread, but for {@link #rowsRead}. */
interface CopySource extends AutoCloseable {
    /** A SELECT in DuckDB's dialect over all rows. Each call allows one statement to read them. */
    String sql() throws SQLException;

    /** For messages; without secrets. */
    String name();

    /** How many rows there are, where that is cheap to know. */
    OptionalLong expectedRows();

    /** Rows that the current statement has read, where the source can tell; any thread. */
    OptionalLong rowsRead();

    /** The T-SQL type definitions of a table that holds the rows as the source declares them. */
    List<String> tableDefinition(boolean measured) throws SQLException;

    /** The true reason of an error that a statement over {@link #sql} ended with. */
    SQLException explain(SQLException reported);

    @Override
    void close() throws SQLException;
}
