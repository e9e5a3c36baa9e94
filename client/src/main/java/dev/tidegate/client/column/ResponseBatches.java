package dev.tidegate.client.column;

import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** The first result of what a connection runs. */
public final class ResponseBatches implements RowBatches {
    private final Response response;
    private final List<Column> columns;
    private boolean ended;

    private ResponseBatches(Response response, List<Column> columns) {
        this.response = response;
        this.columns = columns;
    }

    /** @throws SQLException also when the batch gives no rows at all */
    public static ResponseBatches run(TdsConnection connection, String sql, RequestOptions options)
            throws SQLException {
        return of(connection.execute(sql, options));
    }

    /**
     * Of an answer that nothing was read of.
     *
     * @throws SQLException also when there are no rows in it at all; it is closed then
     */
    public static ResponseBatches of(Response response) throws SQLException {
        try {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows rows) {
                    return new ResponseBatches(response, rows.columns());
                }
            }
            throw new SQLException("the statement gives no rows to read; it has to be a query", "02000");
        } catch (SQLException | RuntimeException e) {
            try {
                response.close();
            } catch (SQLException secondary) {
                e.addSuppressed(secondary);
            }
            throw e;
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        if (ended) {
            return 0;
        }
        int rows = response.readColumns(sinks, maxRows);
        if (rows == 0) {
            ended = true;
            finish();
        }
        return rows;
    }

    /** An error may still follow the last row, and another result: a result counts only with the end of its batch. */
    private void finish() throws SQLException {
        for (Item item = response.next(); item != null; item = response.next()) {
            if (item instanceof Item.Rows) {
                throw new SQLException(
                        "the batch gives more than one result, and only one can be read; leave one SELECT in it",
                        "21000");
            }
        }
    }

    /** Cancels the request, if it still runs; whoever reads gets an exception. Any thread; does not wait. */
    public void cancel() {
        response.cancel();
    }

    @Override
    public void close() throws SQLException {
        response.close();
    }
}
