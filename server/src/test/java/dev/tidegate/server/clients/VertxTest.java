package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mssqlclient.MSSQLConnectOptions;
import io.vertx.mssqlclient.MSSQLConnection;
import io.vertx.mssqlclient.MSSQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Vert.x client for SQL Server. */
class VertxTest extends ClientTest {
    private Vertx vertx;
    private MSSQLConnection connection;

    @BeforeAll
    void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stopVertx() throws Exception {
        await(vertx.close());
    }

    @BeforeEach
    void connect() throws Exception {
        connection = await(MSSQLConnection.connect(
                vertx,
                new MSSQLConnectOptions()
                        .setHost("localhost")
                        .setPort(port())
                        .setUser(USER)
                        .setPassword(PASSWORD)
                        .setDatabase(DATABASE)));
    }

    @AfterEach
    void disconnect() throws Exception {
        await(connection.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MSSQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private RowSet<Row> run(String sql) throws Exception {
        return await(connection.query(sql).execute());
    }

    private List<Object> column(String sql, Object... parameters) throws Exception {
        List<Object> values = new ArrayList<>();
        for (Row row : await(connection.preparedQuery(sql).execute(Tuple.from(parameters)))) {
            values.add(row.getValue(0));
        }
        return values;
    }

    static List<Arguments> valuesOfAllTypes() {
        return List.of(
                Arguments.of("bit", true),
                Arguments.of("smallint", (short) -300),
                Arguments.of("int", Integer.MAX_VALUE),
                Arguments.of("bigint", Long.MIN_VALUE),
                Arguments.of("real", 1.5f),
                Arguments.of("float", -2.25e300),
                Arguments.of("decimal(20,5)", new BigDecimal("123456789012345.67891")),
                Arguments.of("varchar(20)", "plain"),
                Arguments.of("nvarchar(20)", "ünï€ 日本"),
                Arguments.of("nvarchar(max)", "ж".repeat(20_000)),
                Arguments.of("varbinary(max)", Buffer.buffer(new byte[20_000])),
                Arguments.of("date", LocalDate.of(2024, 2, 29)),
                Arguments.of("time(7)", LocalTime.of(13, 14, 15, 123_456_700)),
                Arguments.of("datetime2(7)", LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_700)),
                Arguments.of("datetimeoffset(7)", OffsetDateTime.parse("2024-02-29T13:14:15.1234567+05:30")),
                Arguments.of("uniqueidentifier", UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")));
    }

    @ParameterizedTest
    @MethodSource("valuesOfAllTypes")
    void keepsValuesOfEveryType(String type, Object value) throws Exception {
        String table = "x_" + type.replaceAll("\\W", "_");
        run("create table " + table + " (id int primary key, v " + type + ")");
        assertThat(await(connection
                                .preparedQuery("insert into " + table + " values (@p1, @p2)")
                                .execute(Tuple.of(1, value)))
                        .rowCount())
                .isEqualTo(1);
        run("insert into " + table + " values (2, null)");
        assertThat(column("select v from " + table + " where id = @p1", 1)).isEqualTo(List.of(value));
        assertThat(run("select v from " + table + " where id = 2")
                        .iterator()
                        .next()
                        .getValue(0))
                .isNull();
    }

    @Test
    void commitsAndRollsBack() throws Exception {
        run("create table x_tx (id int primary key)");
        Transaction first = await(connection.begin());
        run("insert into x_tx values (1)");
        await(first.commit());
        Transaction second = await(connection.begin());
        run("insert into x_tx values (2)");
        await(second.rollback());
        assertThat(column("select id from x_tx")).containsExactly(1);
    }

    @Test
    void errorsHaveTheirNumbers() throws Exception {
        run("create table x_errors (id int primary key)");
        run("insert into x_errors values (1)");
        assertThatThrownBy(() -> run("insert into x_errors values (1)"))
                .isInstanceOfSatisfying(MSSQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(2627);
                    assertThat(e.state()).isEqualTo((byte) 1);
                    assertThat(e.severity()).isEqualTo((byte) 14);
                });
        assertThatThrownBy(() -> column("select * from x_nowhere where id = @p1", 1))
                .isInstanceOfSatisfying(
                        MSSQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(208));
        assertThat(column("select count(*) from x_errors")).containsExactly(1);
    }

    @Test
    void runsBatches() throws Exception {
        run("create table x_batch (id int, name varchar(10))");
        List<Tuple> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(Tuple.of(i, "n" + i));
        }
        await(connection.preparedQuery("insert into x_batch values (@p1, @p2)").executeBatch(rows));
        assertThat(column("select count(*) from x_batch")).containsExactly(20);
    }

    @Test
    void givesSeveralResultsOfOneBatch() throws Exception {
        RowSet<Row> first = run("select 1 as a; select 2 as b, 3 as c");
        assertThat(first.columnsNames()).containsExactly("a");
        assertThat(first.next().columnsNames()).containsExactly("b", "c");
    }

    @Test
    void givesOutputOfAnInsert() throws Exception {
        run("create table x_output (id int identity(7,1), name varchar(10))");
        assertThat(column("insert into x_output (name) output inserted.id values (@p1)", "a"))
                .containsExactly(7);
    }

    @Test
    void readsLargeResults() throws Exception {
        run("create table x_digits (d int)");
        run("insert into x_digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        RowSet<Row> rows = run("select a.d from x_digits a cross join x_digits b cross join x_digits c"
                + " cross join x_digits d cross join x_digits e");
        assertThat(rows.size()).isEqualTo(100_000);
    }

    @Test
    void aPreparedStatementRunsManyTimes() throws Exception {
        var prepared = await(connection.prepare("select @p1 + 1"));
        for (int i = 0; i < 5; i++) {
            assertThat(await(prepared.query().execute(Tuple.of(i)))
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isEqualTo(i + 1);
        }
        await(prepared.close());
    }
}
