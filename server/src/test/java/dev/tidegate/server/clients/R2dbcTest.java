package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.mssql.MssqlConnection;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-mssql: TDS 7.4, written apart from Microsoft's drivers. */
class R2dbcTest extends ClientTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private MssqlConnection connection;

    @BeforeEach
    void connect() {
        connection = open(false);
    }

    @AfterEach
    void disconnect() {
        await(connection.close());
    }

    private MssqlConnection open(boolean cursors) {
        return new MssqlConnectionFactory(MssqlConnectionConfiguration.builder()
                        .host("localhost")
                        .port(port())
                        .username(USER)
                        .password(PASSWORD)
                        .database(DATABASE)
                        .preferCursoredExecution(cursors)
                        .build())
                .create()
                .block(LONGEST);
    }

    private static void await(Publisher<Void> work) {
        Mono.from(work).block(LONGEST);
    }

    private long update(String sql) {
        return updates(connection.createStatement(sql)).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<Long> updates(Statement statement) {
        return Flux.from(statement.execute())
                .flatMap(Result::getRowsUpdated)
                .collectList()
                .block(LONGEST);
    }

    private static <T> List<T> first(Statement statement, Class<T> type) {
        return Flux.from(statement.execute())
                .flatMap(result -> result.map((row, metadata) -> row.get(0, type)))
                .collectList()
                .block(LONGEST);
    }

    private <T> T value(String sql, Class<T> type) {
        return first(connection.createStatement(sql), type).get(0);
    }

    static List<Arguments> valuesOfAllTypes() {
        return List.of(
                Arguments.of("bit", true),
                Arguments.of("tinyint", (byte) 100),
                Arguments.of("smallint", (short) -300),
                Arguments.of("int", Integer.MAX_VALUE),
                Arguments.of("bigint", Long.MIN_VALUE),
                Arguments.of("real", 1.5f),
                Arguments.of("float", -2.25e300),
                Arguments.of("decimal(20,5)", new BigDecimal("123456789012345.67891")),
                Arguments.of("varchar(20)", "plain"),
                Arguments.of("nvarchar(20)", "ünï€ 日本"),
                Arguments.of("date", LocalDate.of(2024, 2, 29)),
                Arguments.of("time(7)", LocalTime.of(13, 14, 15, 123_456_700)),
                Arguments.of("datetime2(7)", LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_700)),
                Arguments.of("datetimeoffset(7)", OffsetDateTime.parse("2024-02-29T13:14:15.1234567+05:30")),
                Arguments.of("uniqueidentifier", UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")));
    }

    @ParameterizedTest
    @MethodSource("valuesOfAllTypes")
    void keepsValuesOfEveryType(String type, Object value) {
        String table = "r_" + type.replaceAll("\\W", "_");
        update("create table " + table + " (id int primary key, v " + type + ")");
        Statement insert = connection.createStatement("insert into " + table + " values (@id, @v)");
        insert.bind("@id", 1).bind("@v", value).add().bind("@id", 2).bindNull("@v", value.getClass());
        assertThat(updates(insert)).containsExactly(1L, 1L);
        assertThat(first(
                        connection
                                .createStatement("select v from " + table + " where id = @id")
                                .bind("@id", 1),
                        value.getClass()))
                .isEqualTo(List.of(value));
        assertThat(value("select count(*) from " + table + " where v is null", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void keepsBinaryValues() {
        update("create table r_binary (v varbinary(max))");
        byte[] bytes = new byte[30_000];
        bytes[29_999] = 7;
        updates(connection
                .createStatement("insert into r_binary values (@v)")
                .bind("@v", Blob.from(Mono.just(ByteBuffer.wrap(bytes)))));
        assertThat(value("select datalength(v) from r_binary", Number.class).longValue())
                .isEqualTo(30_000);
        ByteBuffer read = value("select v from r_binary", ByteBuffer.class);
        assertThat(read.remaining()).isEqualTo(30_000);
        assertThat(read.get(29_999)).isEqualTo((byte) 7);
    }

    @Test
    void commitsAndRollsBack() {
        update("create table r_tx (id int primary key)");
        await(connection.beginTransaction());
        update("insert into r_tx values (1)");
        await(connection.commitTransaction());
        await(connection.beginTransaction());
        update("insert into r_tx values (2)");
        await(connection.createSavepoint("here"));
        update("insert into r_tx values (3)");
        await(connection.rollbackTransactionToSavepoint("here"));
        await(connection.commitTransaction());
        await(connection.beginTransaction());
        update("insert into r_tx values (4)");
        await(connection.rollbackTransaction());
        await(connection.setAutoCommit(true));
        assertThat(first(connection.createStatement("select id from r_tx order by id"), Integer.class))
                .containsExactly(1, 2);
    }

    @Test
    void takesIsolationLevels() {
        for (IsolationLevel level :
                List.of(IsolationLevel.READ_UNCOMMITTED, IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE)) {
            await(connection.setTransactionIsolationLevel(level));
            assertThat(value("select 1", Integer.class)).isEqualTo(1);
        }
    }

    @Test
    void errorsHaveTheirNumbers() {
        update("create table r_errors (id int primary key)");
        update("insert into r_errors values (1)");
        assertThatThrownBy(() -> update("insert into r_errors values (1)"))
                .isInstanceOf(R2dbcDataIntegrityViolationException.class)
                .isInstanceOfSatisfying(
                        R2dbcException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2627));
        assertThatThrownBy(() -> update("select * from r_nowhere"))
                .isInstanceOfSatisfying(
                        R2dbcException.class, e -> assertThat(e.getErrorCode()).isEqualTo(208));
        assertThat(value("select count(*) from r_errors", Integer.class)).isEqualTo(1);
    }

    @Test
    void runsBatches() {
        update("create table r_batch (id int)");
        List<Long> counts = Flux.from(connection
                        .createBatch()
                        .add("insert into r_batch values (1)")
                        .add("insert into r_batch values (2), (3)")
                        .add("update r_batch set id = id + 1")
                        .execute())
                .flatMap(Result::getRowsUpdated)
                .collectList()
                .block(LONGEST);
        assertThat(counts).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givesGeneratedKeys() {
        update("create table r_generated (id int identity, name varchar(10))");
        Statement insert = connection
                .createStatement("insert into r_generated (name) values (@name)")
                .returnGeneratedValues("id")
                .bind("@name", "a");
        assertThat(first(insert, Number.class)).extracting(Number::intValue).containsExactly(1);
    }

    @Test
    void describesResults() {
        update("create table r_described (id int not null, name nvarchar(50))");
        List<String> names = Flux.from(connection
                        .createStatement("select id, name, id * 2 as twice from r_described; ")
                        .execute())
                .flatMap(result -> result.map((row, metadata) -> ""))
                .collectList()
                .block(LONGEST);
        assertThat(names).isEmpty();
        update("insert into r_described values (1, N'x')");
        List<String> described = Flux.from(connection
                        .createStatement("select id, name, id * 2 as twice from r_described")
                        .execute())
                .flatMap(result -> result.map((row, metadata) -> metadata.getColumnMetadatas().stream()
                        .map(column ->
                                column.getName() + " " + column.getType().getName() + " " + column.getNullability())
                        .toList()
                        .toString()))
                .collectList()
                .block(LONGEST);
        assertThat(described.get(0)).contains("id int NON_NULL", "name nvarchar NULLABLE", "twice int");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsLargeResults(boolean cursors) {
        update("drop table if exists r_digits");
        update("create table r_digits (d int)");
        update("insert into r_digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        String joined = cursors ? "" : " cross join r_digits d cross join r_digits e";
        MssqlConnection reader = open(cursors);
        try {
            List<Integer> read = first(
                    reader.createStatement(
                            "select a.d from r_digits a cross join r_digits b cross join r_digits c" + joined),
                    Integer.class);
            assertThat(read).hasSize(cursors ? 1_000 : 100_000);
        } finally {
            await(reader.close());
        }
    }

    @Test
    void aStreamThatIsNotReadToItsEndLeavesTheConnectionUsable() {
        update("drop table if exists r_half");
        update("create table r_half (d int)");
        update("insert into r_half values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        List<Integer> some = Flux.from(connection
                        .createStatement("select a.d from r_half a cross join r_half b cross join r_half c")
                        .execute())
                .flatMap(result -> result.map((row, metadata) -> row.get(0, Integer.class)))
                .take(5)
                .collectList()
                .block(LONGEST);
        assertThat(some).hasSize(5);
        assertThat(value("select 1", Integer.class)).isEqualTo(1);
    }
}
