package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mssqlclient.MSSQLConnectOptions;
import io.vertx.mssqlclient.MSSQLConnection;
import io.vertx.sqlclient.Row;
import java.util.stream.Collector;

/** vertx-mssql-client, row by row as they come. */
final class VertxReader implements RowReader {
    private final Vertx vertx = Vertx.vertx();
    private final MSSQLConnection connection;
    private final String query;
    private final Kind[] kinds;

    VertxReader(int port, DataSet set) {
        this.connection = await(MSSQLConnection.connect(
                vertx,
                new MSSQLConnectOptions()
                        .setPacketSize(Clients.PACKET_SIZE)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setUser(DataServer.USER)
                        .setPassword(DataServer.PASSWORD)));
        this.query = set.query();
        this.kinds = set.fields().stream().map(Field::kind).toArray(Kind[]::new);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public long read() {
        return check().rows();
    }

    @Override
    public Tally check() {
        Collector<Row, Tally, Tally> looking = Collector.of(Tally::new, this::look, (first, second) -> first);
        return await(connection.query(query).collecting(looking).execute()).value();
    }

    private void look(Tally tally, Row row) {
        tally.row();
        for (int i = 0; i < kinds.length; i++) {
            tally.add(kinds[i], value(row, i));
        }
    }

    private Object value(Row row, int column) {
        return switch (kinds[column]) {
            case BIT -> row.getBoolean(column);
            case INT -> row.getInteger(column);
            case LONG -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case DECIMAL -> row.getBigDecimal(column);
            case DATE -> row.getLocalDate(column);
            case TIMESTAMP -> row.getLocalDateTime(column);
            case TEXT -> row.getString(column);
        };
    }

    @Override
    public void close() {
        await(connection.close());
        await(vertx.close());
    }
}
