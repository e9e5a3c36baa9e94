package dev.tidegate.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class QueryLoadTest {
    private Connection duckdb;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    static List<Arguments> pairs() {
        return List.of(
                pair("true", TypeInfo.bit(), "1"),
                pair("true", TypeInfo.integer(), "1"),
                pair("1::INTEGER", TypeInfo.bit(), "1"),
                pair("255::UTINYINT", TypeInfo.tinyint(), "255"),
                pair("(-128)::TINYINT", TypeInfo.smallint(), "-128"),
                pair("4294967295::UINTEGER", TypeInfo.bigint(), "4294967295"),
                pair("(-9223372036854775808)::BIGINT", TypeInfo.bigint(), "-9223372036854775808"),
                pair("18446744073709551615::UBIGINT", TypeInfo.decimal(20, 0), "18446744073709551615"),
                pair("7::UBIGINT", TypeInfo.integer(), "7"),
                pair("(-7)::HUGEINT", TypeInfo.smallint(), "-7"),
                pair("7::UHUGEINT", TypeInfo.bigint(), "7"),
                pair("7.00::DECIMAL(9,2)", TypeInfo.integer(), "7"),
                pair("7::INTEGER", TypeInfo.decimal(5, 2), "7.00"),
                pair(
                        "(-99999999999999999999999999999999999999)::HUGEINT",
                        TypeInfo.decimal(38, 0),
                        "-99999999999999999999999999999999999999"),
                pair("(-12345.67)::DECIMAL(9,2)", TypeInfo.decimal(18, 4), "-12345.6700"),
                pair("(-999999999999999.999)::DECIMAL(18,3)", TypeInfo.decimal(18, 3), "-999999999999999.999"),
                pair("999999999999999.999::DECIMAL(18,3)", TypeInfo.decimal(19, 4), "999999999999999.9990"),
                pair("0.123456789012345678::DECIMAL(18,18)", TypeInfo.decimal(38, 18), "0.123456789012345678"),
                pair("(-9)::DECIMAL(1,0)", TypeInfo.decimal(18, 17), "-9.00000000000000000"),
                pair("12.5::DECIMAL(9,1)", TypeInfo.money(), "12.5000"),
                pair("1.2345::DECIMAL(19,4)", TypeInfo.money(), "1.2345"),
                pair("1.5::DECIMAL(3,1)", TypeInfo.smallmoney(), "1.5000"),
                pair("0.1::FLOAT", TypeInfo.real(), "0.10000000149011612"),
                pair("0.1::DOUBLE", TypeInfo.float8(), "0.1"),
                pair("0.5::DOUBLE", TypeInfo.real(), "0.5"),
                pair("DATE '0001-01-01'", TypeInfo.date(), "0001-01-01"),
                pair("DATE '9999-12-31'", TypeInfo.date(), "9999-12-31"),
                pair("DATE '2020-02-29'", TypeInfo.datetime2(0), "2020-02-29T00:00"),
                pair("TIME '23:59:59.999999'", TypeInfo.time(6), "23:59:59.999999"),
                pair("'23:59:59.9999999'::TIME_NS", TypeInfo.time(7), "23:59:59.999999900"),
                pair("TIMESTAMP '0001-01-01 00:00:00.000001'", TypeInfo.datetime2(6), "0001-01-01T00:00:00.000001"),
                pair("'2020-01-01 12:00:00'::TIMESTAMP_S", TypeInfo.datetime2(0), "2020-01-01T12:00"),
                pair("'2020-01-01 12:00:00.123'::TIMESTAMP_MS", TypeInfo.datetime2(3), "2020-01-01T12:00:00.123"),
                pair(
                        "'1969-12-31 23:59:59.9999999'::TIMESTAMP_NS",
                        TypeInfo.datetime2(7),
                        "1969-12-31T23:59:59.999999900"),
                pair("TIMESTAMP '1999-12-31 23:59:59.997'", TypeInfo.datetime(), "1999-12-31T23:59:59.997"),
                pair("TIMESTAMP '1999-12-31 23:59:00'", TypeInfo.smalldatetime(), "1999-12-31T23:59"),
                pair("TIMESTAMPTZ '2020-01-01 00:00:00+01'", TypeInfo.datetimeoffset(0), "2019-12-31T23:00+0"),
                pair(
                        "'ff11a2b3-1234-4321-8765-00000000000f'::UUID",
                        TypeInfo.uniqueidentifier(),
                        "ff11a2b3-1234-4321-8765-00000000000f"),
                pair("'Grüße 🌊'", TypeInfo.nvarchar(8, null), "Grüße 🌊"),
                pair("'{\"a\": 1}'::JSON", TypeInfo.nvarchar(TypeInfo.PLP, null), "{\"a\": 1}"),
                pair("'b'::ENUM('a', 'b')", TypeInfo.nvarchar(1, null), "b"),
                pair("'\\x00\\xFF'::BLOB", TypeInfo.varbinary(2), "[0, -1]"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sendsEachTypeAsItsTargetWantsIt(String expression, TypeInfo type, String shown) throws SQLException {
        FakeTarget target = new FakeTarget().column("X", type);
        long sent = load("SELECT " + expression + " AS x UNION ALL SELECT NULL", target, Set.of());
        assertThat(sent).isEqualTo(2);
        assertThat(target.rows).extracting(row -> String.valueOf(row.get(0))).containsExactly(shown, "null");
    }

    static List<Arguments> refusals() {
        return List.of(
                refusal("256::INTEGER", TypeInfo.tinyint(), "256", "tinyint holds 0 to 255", null),
                refusal("2::INTEGER", TypeInfo.bit(), "2", "bit holds 0 to 1", null),
                refusal(
                        "18446744073709551615::UBIGINT",
                        TypeInfo.bigint(),
                        "18446744073709551615",
                        "bigint holds",
                        null),
                refusal(
                        "170141183460469231731687303715884105727::HUGEINT",
                        TypeInfo.decimal(38, 0),
                        "170141183460469231731687303715884105727",
                        "decimal(38,0) holds",
                        null),
                refusal(
                        "(-100.5)::DECIMAL(5,1)",
                        TypeInfo.decimal(4, 2),
                        "-100.5",
                        "decimal(4,2) holds -99.99 to 99.99",
                        null),
                refusal("214748.3648::DECIMAL(10,4)", TypeInfo.smallmoney(), "214748.3648", "smallmoney holds", null),
                refusal("1.25::DECIMAL(3,2)", TypeInfo.decimal(9, 1), "1.25", "1 digits after the point", Loss.DIGITS),
                refusal("1.25::DECIMAL(3,2)", TypeInfo.integer(), "1.25", "0 digits after the point", Loss.DIGITS),
                refusal("0.1::DOUBLE", TypeInfo.real(), "0.1", "cast the column to FLOAT", Loss.DIGITS),
                refusal("'NaN'::DOUBLE", TypeInfo.float8(), "NaN", "no such float", Loss.NAN),
                refusal("'-Infinity'::FLOAT", TypeInfo.real(), "-Infinity", "no such float", Loss.NAN),
                refusal("'infinity'::DATE", TypeInfo.date(), "'infinity'", "no infinite dates", null),
                refusal("'-infinity'::TIMESTAMP", TypeInfo.datetime2(7), "'infinity'", "no infinite dates", null),
                refusal("'infinity'::TIMESTAMP_NS", TypeInfo.datetime2(7), "'infinity'", "no infinite dates", null),
                refusal("'infinity'::TIMESTAMPTZ", TypeInfo.datetimeoffset(7), "'infinity'", "no infinite dates", null),
                refusal("DATE '10000-01-01'", TypeInfo.date(), "+10000-01-01", "0001-01-01 to 9999-12-31", null),
                refusal("TIMESTAMP '1752-12-31'", TypeInfo.datetime(), "1752-12-31", "1753-01-01", null),
                refusal("'24:00:00'::TIME", TypeInfo.time(7), "'24:00:00'", "ends at", null),
                refusal("TIME '00:00:00.000001'", TypeInfo.time(5), "00:00:00.000001", "time(5)", Loss.TIME),
                refusal(
                        "'2020-01-01 00:00:00.000000001'::TIMESTAMP_NS",
                        TypeInfo.datetime2(7),
                        "2020-01-01T00:00:00.000000001",
                        "datetime2(7)",
                        Loss.TIME),
                refusal("TIMESTAMP '2020-01-01 00:00:00.005'", TypeInfo.datetime(), "2020-", "datetime", Loss.TIME),
                refusal("TIMESTAMP '2020-01-01 00:00:01'", TypeInfo.smalldatetime(), "2020-", "small", Loss.TIME),
                refusal(
                        "'🌊🌊'",
                        TypeInfo.nvarchar(3, null),
                        "'🌊🌊'",
                        "room for 3 characters, the text has 4",
                        Loss.TEXT),
                refusal("'\\x00\\x01'::BLOB", TypeInfo.varbinary(1), "'0x0001'", "room for 1 bytes", Loss.TEXT));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatTheTargetCannotHoldUnlessTheLossIsAllowed(
            String expression, TypeInfo type, String value, String why, Loss loss) throws SQLException {
        String sql = "SELECT " + expression + " AS x";
        assertThatThrownBy(() -> load(sql, new FakeTarget().column("x", type), Set.of()))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageStartingWith("column \"x\", row 1, value " + value)
                .hasMessageContaining(why);
        if (loss != null) {
            assertThatThrownBy(() -> load(sql, new FakeTarget().column("x", type), Set.of()))
                    .hasMessageContaining("--lossy " + loss.name().toLowerCase(Locale.ROOT));
            FakeTarget target = new FakeTarget().column("x", type);
            assertThat(load(sql, target, Set.of(loss))).isEqualTo(1);
            assertThat(target.rows).hasSize(1);
        }
    }

    @Test
    void cutsWithoutSplittingASurrogatePair() throws SQLException {
        FakeTarget target = new FakeTarget().column("x", TypeInfo.nvarchar(3, null));
        load("SELECT '🌊🌊' AS x", target, Set.of(Loss.TEXT));
        assertThat(target.rows).containsExactly(List.of("🌊"));
    }

    @ParameterizedTest
    @CsvSource({"[1]::INTEGER[], nvarchar", "INTERVAL 1 DAY, nvarchar", "5::INTEGER, nvarchar", "now()::TIMESTAMP, date"
    })
    void takesNoPairThatWouldChangeTheMeaning(String expression, String kind) {
        TypeInfo type = "date".equals(kind) ? TypeInfo.date() : TypeInfo.nvarchar(10, null);
        assertThatThrownBy(() -> load("SELECT " + expression + " AS x", new FakeTarget().column("x", type), Set.of()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not go into")
                .hasMessageContaining("cast it in the query");
    }

    @Test
    void pairsColumnsByName() throws SQLException {
        FakeTarget target = new FakeTarget().column("B", TypeInfo.integer()).column("a", TypeInfo.nvarchar(5, null));
        load("SELECT 'x' AS A, 1 AS b", target, Set.of());
        assertThat(target.rows).containsExactly(List.of(1L, "x"));
        assertThatThrownBy(() -> load("SELECT 1 AS b", target, Set.of())).hasMessageContaining("no column \"a\"");
        assertThatThrownBy(() -> load("SELECT 1 AS b, 'x' AS a, 2 AS \"c d\"", target, Set.of()))
                .hasMessageContaining("no column for \"c d\"");
    }

    @Test
    void reportsAQueryThatFailsHalfWay() throws SQLException {
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        String sql = "SELECT CASE WHEN i = 1900000 THEN error('half-way') ELSE i END AS x FROM range(2000000) t(i)";
        assertThatThrownBy(() -> load(sql, target, Set.of()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("half-way");
        assertThat(duckdb.getAutoCommit()).isTrue();
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE usable AS SELECT 1");
        }
    }

    @Test
    void reportsItInTheCallersTransactionToo() throws SQLException {
        duckdb.setAutoCommit(false);
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        String sql = "SELECT CASE WHEN i = 1900000 THEN error('half-way') ELSE i END AS x FROM range(2000000) t(i)";
        assertThatThrownBy(() -> load(sql, target, Set.of())).hasMessageContaining("before its last row");
    }

    @Test
    void refusesColumnsThatDifferInCaseOnly() {
        FakeTarget target = new FakeTarget().column("x", TypeInfo.integer());
        assertThatThrownBy(() -> load("SELECT 1 AS x, 2 AS \"X\"", target, Set.of()))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .hasMessageContaining("\"x\"")
                .hasMessageContaining("\"X\"");
        assertThat(target.rows).isEmpty();
    }

    @Test
    void takesAQueryThatEndsWithAComment() throws SQLException {
        String query = "SELECT 'a' AS x -- the only one";
        FakeTarget target = new FakeTarget().column("x", TypeInfo.nvarchar(5, null));
        assertThat(load(query, target, Set.of())).isEqualTo(1);
        assertThat(TableDefinition.of(duckdb, query, true).columns()).containsExactly("[x] nvarchar(10) NULL");
    }

    @Test
    void endsWhenItIsCancelledBeforeItBegins() throws SQLException {
        QueryLoad load = new QueryLoad(duckdb, "SELECT i AS x FROM range(10) t(i)", Set.of());
        load.cancel();
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        assertThatThrownBy(() -> load.run(target, rows -> {})).satisfies(QueryLoadTest::saysCancelled);
        assertThat(target.rows).isEmpty();
    }

    @Test
    void endsWhenItIsCancelledBetweenTwoChunks() throws SQLException {
        QueryLoad load = new QueryLoad(duckdb, "SELECT i AS x FROM range(100000000000) t(i)", Set.of());
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        assertThatThrownBy(() -> load.run(target, rows -> cancel(load))).satisfies(QueryLoadTest::saysCancelled);
        assertThat(target.rows).hasSizeLessThanOrEqualTo(2048);
        assertThat(duckdb.isClosed()).isFalse();
        assertThat(duckdb.getAutoCommit()).isTrue();
    }

    @Test
    void endsWhenItIsCancelledWhileDuckDbLooksForMoreRows() throws Exception {
        // Hours without a row.
        QueryLoad load =
                new QueryLoad(duckdb, "SELECT i AS x FROM range(1000000000000) t(i) WHERE i % 7 = 8", Set.of());
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        CountDownLatch running = new CountDownLatch(1);
        FutureTask<Long> run = new FutureTask<>(() -> {
            running.countDown();
            return load.run(target, rows -> {});
        });
        Thread runner = new Thread(run);
        runner.start();
        running.await();
        cancel(load);
        assertThatThrownBy(run::get).cause().satisfies(QueryLoadTest::saysCancelled);
        runner.join();
    }

    private static void cancel(QueryLoad load) {
        try {
            load.cancel();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void saysCancelled(Throwable failure) {
        assertThat(failure).isInstanceOf(SQLException.class).hasMessage("the query was cancelled");
        assertThat(((SQLException) failure).getSQLState()).isEqualTo("57014");
    }

    @Test
    void keepsTheOrderOfTheQuery() throws SQLException {
        FakeTarget target = new FakeTarget().column("x", TypeInfo.bigint());
        load("SELECT i AS x FROM range(50000) t(i) ORDER BY i DESC", target, Set.of());
        assertThat(target.rows).hasSize(50_000);
        assertThat(target.rows.get(0)).containsExactly(49_999L);
        assertThat(target.rows.get(49_999)).containsExactly(0L);
    }

    @Test
    void definesATableForEveryType() throws SQLException {
        String sql = "SELECT true AS a, 1::UTINYINT AS b, 1::TINYINT AS c, 1::USMALLINT AS d, 1::UINTEGER AS e,"
                + " 1::UBIGINT AS f, 1::HUGEINT AS g, 1::FLOAT AS h, 1::DOUBLE AS i, 1::DECIMAL(7,3) AS j, 'text' AS k,"
                + " '\\x00'::BLOB AS l, uuid() AS m, DATE '2020-01-01' AS n, TIME '00:00:00' AS o, '00:00:00'::TIME_NS AS"
                + " p, now()::TIMESTAMP AS q, now()::TIMESTAMP_S AS r, now()::TIMESTAMP_MS AS s,"
                + " now()::TIMESTAMP::TIMESTAMP_NS AS t, now() AS u, '🌊x' AS \"v]\"";
        assertThat(TableDefinition.of(duckdb, sql, true).createTable("dbo.t"))
                .isEqualTo("CREATE TABLE dbo.t ([a] bit NULL, [b] tinyint NULL, [c] smallint NULL, [d] int NULL, [e]"
                        + " bigint NULL, [f] decimal(20,0) NULL, [g] decimal(38,0) NULL, [h] real NULL, [i] float"
                        + " NULL, [j] decimal(7,3) NULL, [k] nvarchar(10) NULL, [l] varbinary(10) NULL, [m]"
                        + " uniqueidentifier NULL, [n] date NULL, [o] time(6) NULL, [p] time(7) NULL, [q]"
                        + " datetime2(6) NULL, [r] datetime2(0) NULL, [s] datetime2(3) NULL, [t] datetime2(7)"
                        + " NULL, [u] datetimeoffset(6) NULL, [v]]] nvarchar(10) NULL)");
        assertThat(TableDefinition.of(duckdb, "SELECT 'text' AS k", false).columns())
                .containsExactly("[k] nvarchar(max) NULL");
        assertThatThrownBy(() -> TableDefinition.of(duckdb, "SELECT [1] AS x", false))
                .hasMessageContaining("column \"x\" has type INTEGER[]");
    }

    private long load(String sql, FakeTarget target, Set<Loss> allowed) throws SQLException {
        return new QueryLoad(duckdb, sql, allowed).run(target, rows -> {});
    }

    private static Arguments pair(String expression, TypeInfo type, String shown) {
        return Arguments.of(expression, type, shown);
    }

    private static Arguments refusal(String expression, TypeInfo type, String value, String why, Loss loss) {
        return Arguments.of(expression, type, value, why, loss);
    }
}
