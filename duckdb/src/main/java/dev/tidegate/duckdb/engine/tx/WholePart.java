package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** All of a query's rows, in their order. */
public record WholePart(RowBatches rows) implements ScanPart {
    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        return rows.read(sinks, maxRows);
    }

    @Override
    public boolean isOver() {
        return true;
    }

    /** There are no others from which an error could come that this one does not have itself. */
    @Override
    public void cancel() {}

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
