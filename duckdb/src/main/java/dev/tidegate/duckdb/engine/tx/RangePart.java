package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.error.TransactionLostException;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.List;
import java.util.Queue;

/**
 * One connection's way through the ranges of a table. The next range is asked for as soon as one has ended, and its answer is not waited for
 * before somebody wants its rows: the server works on it while those of other connections are read.
 */
final class RangePart implements ScanPart {
    private final TdsConnection connection;
    private final Run run;
    private final Queue<Tsql> ranges;
    /** Sent, and nothing read of its answer. */
    private Response asked;

    private ResponseBatches rows;
    private boolean over;
    private boolean closed;

    /**
     * @param connection closed with this
     * @param ranges a query each, shared with the other connections
     */
    RangePart(TdsConnection connection, Run run, Queue<Tsql> ranges) {
        this.connection = connection;
        this.run = run;
        this.ranges = ranges;
    }

    /** Asks for the next range; of none that is left, it is over. */
    void ask() throws SQLException {
        Tsql range = ranges.poll();
        if (range == null) {
            over = true;
        } else {
            asked = run.execute(connection, range.sql(), range.parameters());
        }
    }

    /** Once a row was wanted. */
    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        if (over) {
            return 0;
        }
        try {
            if (rows == null) {
                Response answer = asked;
                asked = null;
                rows = ResponseBatches.of(answer);
            }
            int count = rows.read(sinks, maxRows);
            if (count == 0) {
                endRequest();
                ask();
            }
            return count;
        } catch (TransactionLostException e) {
            // It was for the common snapshot: nobody knows of it who could roll it back.
            throw new SQLRecoverableException(
                    "the connection broke while a table was read: "
                            + e.getCause().getMessage(),
                    e.getSQLState(),
                    e);
        }
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    private void endRequest() throws SQLException {
        try {
            if (rows != null) {
                rows.close();
            } else if (asked != null) {
                asked.close();
            }
        } finally {
            rows = null;
            asked = null;
            run.left(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            over = true;
            try {
                endRequest();
            } finally {
                connection.close();
            }
        }
    }
}
