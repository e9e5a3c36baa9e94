package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.sql.SQLException;

/** An embedded server that stores lineitem: with its rows and TPC-H's primary key, by which it can be divided, or as an empty heap. */
final class LineItemServer implements AutoCloseable {
    static final DataSet SET = DataSet.LINEITEM;

    static final String DATABASE = "bench";

    private static final int LINES_OF_AN_ORDER = 4;

    private final EmbeddedSqlServer server;

    private LineItemServer(EmbeddedSqlServer server) {
        this.server = server;
    }

    static LineItemServer empty() throws IOException, SQLException {
        EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .database(DATABASE)
                .login(DataServer.USER, DataServer.PASSWORD)
                .start();
        try (TdsConnection connection = Clients.connect(server.port())) {
            run(connection, SET.createTable());
        } catch (SQLException e) {
            server.close();
            throw e;
        }
        return new LineItemServer(server);
    }

    static LineItemServer filled(int rows) throws IOException, SQLException {
        LineItemServer filled = empty();
        try (TdsConnection connection = Clients.connect(filled.port())) {
            run(connection, "ALTER TABLE " + SET.table() + " ADD PRIMARY KEY (l_orderkey, l_linenumber)");
            fill(connection, rows);
        } catch (SQLException e) {
            filled.close();
            throw e;
        }
        return filled;
    }

    private static void fill(TdsConnection connection, int rows) throws SQLException {
        try (BulkLoad load = connection.bulkLoad(SET.table(), BulkLoadOptions.DEFAULTS)) {
            forEachRow(rows, load::writeRow);
            load.finish();
        }
    }

    /** Takes the values of a row. */
    private interface RowSink {
        void row(Object[] values) throws SQLException;
    }

    /** The generated rows repeat, but for the orders' numbers, which go on. */
    private static void forEachRow(int rows, RowSink sink) throws SQLException {
        Object[] values = new Object[SET.fields().size()];
        for (int row = 0; row < rows; row++) {
            SET.row(row, values);
            values[0] = (long) row / LINES_OF_AN_ORDER;
            sink.row(values);
        }
    }

    /** What looking at all values of the rows must come to, wherever they are. */
    static Tally tally(int rows) throws SQLException {
        Tally tally = new Tally();
        forEachRow(rows, values -> {
            tally.row();
            for (int i = 0; i < values.length; i++) {
                tally.add(SET.fields().get(i).kind(), values[i]);
            }
        });
        return tally;
    }

    static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql, RequestOptions.DEFAULTS)) {
            response.finish();
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
