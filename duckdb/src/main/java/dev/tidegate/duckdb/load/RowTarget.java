package dev.tidegate.duckdb.load;

import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** What a load needs of the client's bulk load. Used by one thread at a time. */
public interface RowTarget {
    /** The target's columns, in the order in which {@link #write} takes their sources. */
    List<Column> columns();

    /** Sends rows 0 to {@code rows - 1}. */
    void write(ColumnSource[] sources, int rows) throws SQLException;
}
