package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.replay.DataServer;
import io.r2dbc.mssql.MssqlConnection;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-mssql, without a cursor. */
final class R2dbcReader implements RowReader {
    /**
     * Now and then the driver ends its connection by itself while it sends a request, after a login that is encrypted alone or right behind
     * another answer (5 of 300 first requests); the line to the server is whole then.
     */
    private static final int ATTEMPTS = 10;

    private final MssqlConnectionFactory factory;
    private final String query;
    private final Kind[] kinds;
    private MssqlConnection connection;

    R2dbcReader(int port, DataSet set) {
        this.factory = new MssqlConnectionFactory(MssqlConnectionConfiguration.builder()
                .host("127.0.0.1")
                .port(port)
                .username(DataServer.USER)
                .password(DataServer.PASSWORD)
                .preferCursoredExecution(false)
                .build());
        this.connection = connect();
        this.query = set.query();
        this.kinds = set.fields().stream().map(Field::kind).toArray(Kind[]::new);
    }

    private MssqlConnection connect() {
        return Mono.defer(factory::create).retry(ATTEMPTS).block();
    }

    @Override
    public long read() {
        return check().rows();
    }

    @Override
    public Tally check() {
        for (int left = ATTEMPTS; left > 0; left--) {
            try {
                return readAll();
            } catch (R2dbcNonTransientResourceException e) {
                connection = connect();
            }
        }
        return readAll();
    }

    private Tally readAll() {
        Tally tally = new Tally();
        Flux.from(connection.createStatement(query).execute())
                .concatMap(result -> result.map((row, metadata) -> look(row, tally)))
                .then()
                .block();
        return tally;
    }

    private Tally look(Row row, Tally tally) {
        tally.row();
        for (int i = 0; i < kinds.length; i++) {
            tally.add(kinds[i], row.get(i, type(kinds[i])));
        }
        return tally;
    }

    private static Class<?> type(Kind kind) {
        return switch (kind) {
            case BIT -> Boolean.class;
            case INT -> Integer.class;
            case LONG -> Long.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case DATE -> LocalDate.class;
            case TIMESTAMP -> LocalDateTime.class;
            case TEXT -> String.class;
        };
    }

    @Override
    public void close() {
        Mono.from(connection.close()).block();
    }
}
