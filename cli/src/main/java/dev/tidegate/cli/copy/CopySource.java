package dev.tidegate.cli.copy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a copy reads: rows that DuckDB can be asked for. Used by one thread, but where another rule is given. */
interface CopySource extends AutoCloseable {
    /** A SELECT in DuckDB's dialect over all rows. Each call allows one statement to read them. */
    String sql() throws SQLException;

    /** The names and DuckDB types of the columns that {@link #sql} gives, without reading a row. */
    Map<String, String> columns() throws SQLException;

    /**
     * A SELECT of the same rows whose columns are all texts, as they stand in a file without types, for a target that makes values of
     * them itself; empty when the values have types.
     */
    default Optional<String> texts() throws SQLException {
        return Optional.empty();
    }

    /**
     * These rows for columns that exist: where this source has texts only, each column in the form that loses nothing on the way into
     * the given type, or with an error for a value that would.
     *
     * @param types DuckDB types by names, which ignores case
     */
    default CopySource into(Map<String, String> types) throws SQLException {
        return this;
    }

    /**
     * These rows to be compared with others: where this source has texts only, as values of the given types, and NULL for a text that
     * is none.
     *
     * @param types DuckDB types by names, which ignores case
     */
    default CopySource as(Map<String, String> types) throws SQLException {
        return this;
    }

    /** For messages; without secrets. */
    String name();

    /** How many rows there are, where that is cheap to know. */
    OptionalLong expectedRows();

    /** How many rows there are, as was found while looking for something else; negative as long as it was not. Any thread. */
    default long rowsFound() {
        return -1;
    }

    /** Rows that the current statement has read, where the source can tell; any thread. */
    OptionalLong rowsRead();

    /** Bytes that have come over the wire so far; negative where there is no wire. Any thread. */
    default long bytesRead() {
        return -1;
    }

    /** The T-SQL type definitions of a table that holds the rows as the source declares them. */
    List<String> tableDefinition(boolean measured) throws SQLException;

    /** The true reason of an error that a statement over {@link #sql} ended with. */
    SQLException explain(SQLException reported);

    /** Makes a statement that reads the rows end with an error; does not wait for it. Any thread. */
    void cancel();

    @Override
    void close() throws SQLException;
}
