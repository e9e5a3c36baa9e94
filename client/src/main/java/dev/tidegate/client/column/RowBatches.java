package dev.tidegate.client.column;

import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** A result that is being read in batches; what whoever fills columns needs of a response. Used by one thread at a time. */
public interface RowBatches extends AutoCloseable {
    List<Column> columns();

    /**
     * Reads the next rows into the sinks, from row 0 on.
     *
     * @param sinks one for each column; null for a column that nobody wants
     * @return 1 to {@code maxRows}, or 0 at the end of the result
     */
    int read(ColumnSink[] sinks, int maxRows) throws SQLException;

    /** Ends the result, also in its middle. Idempotent. */
    @Override
    void close() throws SQLException;
}
