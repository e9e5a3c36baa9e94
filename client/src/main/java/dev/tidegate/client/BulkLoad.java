package dev.tidegate.client;

import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** Loads rows into one table by INSERT BULK. One thread at a time; the connection takes no other request meanwhile. */
public final class BulkLoad implements AutoCloseable {
    private BulkLoad() {}

    /** The columns of the target that can be loaded: identity only with keepIdentity, computed and rowversion never. */
    public List<Column> columns() {
        throw new UnsupportedOperationException();
    }

    /** Says which target columns the source has, in the source's order. Without it: all of {@link #columns()}. Before the first row. */
    public void map(String... columnNames) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** @param sources one for each mapped column; rows 0 to {@code rows} - 1 are sent */
    public void write(ColumnSource[] sources, int rows) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** @param values in the order of the mapped columns */
    public void writeRow(Object... values) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** @return rows that the server has stored */
    public long finish() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Gives the load up if it was not finished: nothing of it stays. */
    @Override
    public void close() throws SQLException {
        throw new UnsupportedOperationException();
    }
}
