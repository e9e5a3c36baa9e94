package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.replay.DataServer;
import io.r2dbc.mssql.MssqlConnection;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import io.r2dbc.spi.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-mssql, without a cursor. */
final class R2dbcReader implements RowReader {
    /** On a busy machine a login that is encrypted alone ends now and then with a closed connection. */
    private static final int LOGINS = 10;

    private final MssqlConnection connection;
    private final String query;
    private final Kind[] kinds;

    R2dbcReader(int port, DataSet set) {
        MssqlConnectionFactory factory = new MssqlConnectionFactory(MssqlConnectionConfiguration.builder()
                .host("127.0.0.1")
                .port(port)
                .username(DataServer.USER)
                .password(DataServer.PASSWORD)
                .preferCursoredExecution(false)
                .build());
        this.connection = Mono.defer(factory::create).retry(LOGINS).block();
        this.query = set.query();
        this.kinds = set.fields().stream().map(Field::kind).toArray(Kind[]::new);
    }

    @Override
    public long read() {
        return check().rows();
    }

    @Override
    public Tally check() {
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
