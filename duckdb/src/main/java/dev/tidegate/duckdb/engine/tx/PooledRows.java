package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/** The result of a query that has a connection for itself, which goes back with it. */
final class PooledRows implements RowBatches {
    private final TdsConnection connection;
    private final ResponseBatches rows;
    private final Run run;
    private boolean closed;

    private PooledRows(TdsConnection connection, ResponseBatches rows, Run run) {
        this.connection = connection;
        this.rows = rows;
        this.run = run;
    }

    /** @param connection closed if this fails */
    static PooledRows of(TdsConnection connection, Run run, String sql, List<Parameter> parameters)
            throws SQLException {
        boolean begun = false;
        try {
            PooledRows made =
                    new PooledRows(connection, ResponseBatches.of(run.execute(connection, sql, parameters)), run);
            begun = true;
            return made;
        } finally {
            if (!begun) {
                run.left(connection);
                connection.close();
            }
        }
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        return rows.read(sinks, maxRows);
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            rows.close();
        } finally {
            run.left(connection);
            connection.close();
        }
    }
}
