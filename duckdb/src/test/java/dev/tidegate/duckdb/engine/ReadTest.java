package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL, name nvarchar(20), day date, at datetime2(3), price decimal(12, 2),"
                        + " big bigint, ok bit, x float, raw varbinary(10), g uniqueidentifier)",
                "INSERT INTO dbo.t VALUES (1, N'größe', '2024-02-29', '2024-02-29T01:02:03.456', 12.50, 9000000000, 1, 0.5,"
                        + " 0x0102, '6F9619FF-8B86-D011-B42D-00C04FC964FF'),"
                        + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE dbo.numbers (n int NOT NULL)");
        for (int from = 1; from < 5000; from += 1000) {
            onServer("INSERT INTO dbo.numbers VALUES "
                    + IntStream.range(from, from + 1000)
                            .mapToObj(n -> "(" + n + ")")
                            .collect(Collectors.joining(", ")));
        }
        attach("ms", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 20000");
    }

    @Test
    void everyTypeComesAsItIs() throws SQLException {
        assertThat(rows("SELECT * FROM ms.dbo.t ORDER BY id"))
                .containsExactly(
                        "1|größe|2024-02-29|2024-02-29 01:02:03.456|12.50|9000000000|true|0.5|"
                                + "\\x01\\x02|6f9619ff-8b86-d011-b42d-00c04fc964ff",
                        "2" + "|null".repeat(9));
        assertThat(rows("SELECT price, id FROM ms.dbo.t WHERE day = DATE '2024-02-29'"))
                .containsExactly("12.50|1");
        assertThat(rows("SELECT count(*), sum(n) FROM ms.dbo.numbers")).containsExactly("5000|12502500");
        assertThat(rows("SELECT count(*) FROM ms.dbo.numbers")).containsExactly("5000");
    }

    @Test
    @Guarantee(value = "G37", surface = Surface.E)
    void whatIsKnownTakesNoConnection() throws SQLException {
        long start = acquired();
        rows("SELECT count(*) FROM ms.dbo.t");
        assertThat(acquired() - start).as("names, columns, rows").isEqualTo(3);
        long known = acquired();
        rows("SELECT max(id) FROM ms.dbo.t");
        assertThat(acquired() - known).as("rows").isEqualTo(1);
        long read = acquired();
        rows("DESCRIBE ms.dbo.t");
        rows("EXPLAIN SELECT * FROM ms.dbo.t");
        rows("SELECT 1 FROM ms.dbo.t WHERE false");
        try (PreparedStatement prepared = duckdb().prepareStatement("SELECT * FROM ms.dbo.t WHERE id = ?")) {
            assertThat(prepared.getMetaData().getColumnCount()).isEqualTo(10);
        }
        assertThat(acquired()).as("nothing").isEqualTo(read);
        rows("SELECT count(*) FROM ms.dbo.numbers");
        assertThat(acquired() - read).as("columns of one table, and its rows").isEqualTo(2);
    }

    @Test
    void aPreparedStatementReadsAnewEachTime() throws SQLException {
        try (PreparedStatement prepared = duckdb().prepareStatement("SELECT name FROM ms.dbo.t WHERE id = ?")) {
            for (int id = 1; id <= 2; id++) {
                prepared.setInt(1, id);
                try (ResultSet result = prepared.executeQuery()) {
                    assertThat(read(result)).containsExactly(id == 1 ? "größe" : "null");
                }
            }
            onServer("UPDATE dbo.t SET name = N'new' WHERE id = 2");
            try (ResultSet result = prepared.executeQuery()) {
                assertThat(read(result)).containsExactly("new");
            }
            assertThat(prepared.getConnection()).isSameAs(duckdb());
        }
    }

    @Test
    void oneConnectionIsEnoughForAJoin() throws SQLException {
        assertThat(rows("SELECT count(*) FROM ms.dbo.numbers a JOIN ms.dbo.numbers b ON a.n = b.n"))
                .containsExactly("5000");
        assertThat(rows("SELECT a.id FROM ms.dbo.t a WHERE a.id IN (SELECT n FROM ms.dbo.numbers) ORDER BY 1"))
                .containsExactly("1", "2");
        free();
    }

    @Test
    void aLimitEndsTheRequest() throws SQLException {
        assertThat(rows("SELECT 1 FROM mssql_query('ms', $$" + ENDLESS + "$$) LIMIT 2"))
                .containsExactly("1", "1");
        free();
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("2");
    }

    @Test
    void aHalfReadStreamEndsWithItsStatement() throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        try (EngineConnection stream = TidegateDuckDB.open("", streaming)) {
            run(stream, "ATTACH '" + url() + "' AS s (TYPE mssql, MAXIMUM_POOL_SIZE 1)");
            for (int i = 0; i < 3; i++) {
                try (Statement statement = stream.createStatement();
                        ResultSet result = statement.executeQuery("FROM mssql_query('s', $$" + ENDLESS + "$$)")) {
                    assertThat(result.next()).isTrue();
                }
            }
            assertThat(rows(stream, "SELECT count(*) FROM s.dbo.t")).containsExactly("2");
        }
    }

    @Test
    void rawQueriesTakeTheirPlaceAmongTables() throws SQLException {
        assertThat(rows("SELECT q.n + 1 FROM mssql_query('ms', $$SELECT 1 AS n UNION ALL SELECT 5$$) q ORDER BY 1"))
                .containsExactly("2", "6");
        assertThat(rows("CALL mssql_query('ms', 'SELECT ''it''''s'' AS text')")).containsExactly("it's");
        run("CREATE TABLE mine AS SELECT * FROM mssql_query('ms', 'SELECT id, day FROM dbo.t')");
        assertThat(rows("SELECT count(day) FROM mine")).containsExactly("1");
        assertThatThrownBy(() -> rows("FROM mssql_query('ms', 'SELECT 1 AS a; SELECT 2 AS b')"))
                .hasMessageContaining("more than one result");
        assertThatThrownBy(() -> rows("FROM mssql_query('ms', 'DECLARE @x int')"))
                .hasMessageContaining("no result");
        assertThatThrownBy(() -> rows("FROM mssql_query('nobody', 'SELECT 1')")).hasMessageContaining("nobody");
        assertThatThrownBy(() -> rows("FROM mssql_query('ms', 'SELECT * FROM dbo.missing')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> run("CREATE VIEW v AS FROM mssql_query('ms', 'SELECT 1 AS a')"))
                .hasMessageContaining("view");
    }

    @Test
    void statementsGoToTheServerAsTheyAre() throws SQLException {
        assertThat(rows("CALL mssql_execute('ms', $$UPDATE dbo.t SET name = N'x'; DELETE FROM dbo.t WHERE id = 2$$)"))
                .containsExactly("3");
        assertThat(rows("SELECT mssql_execute('ms', $$CREATE TABLE dbo.made (id int)$$)"))
                .containsExactly("0");
        assertThat(rows("SELECT count(*) FROM ms.dbo.made")).containsExactly("0");
        assertThatThrownBy(() -> run("SELECT 1 + mssql_execute('ms', 'SELECT 1')"))
                .hasMessageContaining("alone");
        String delete = "CALL mssql_execute('ms', 'DELETE FROM dbo.t')";
        assertThatThrownBy(() -> duckdb().prepareStatement(delete)).hasMessageContaining("prepared");
        try (Statement batch = duckdb().createStatement()) {
            assertThatThrownBy(() -> batch.addBatch(delete)).hasMessageContaining("batched");
        }
        attach("safe", ", READ_ONLY");
        assertThatThrownBy(() -> run("CALL mssql_execute('safe', 'DELETE FROM dbo.t')"))
                .hasMessageContaining("READ_ONLY");
        assertThat(rows("SELECT count(*) FROM safe.dbo.t")).containsExactly("1");
        for (String text : List.of(
                "SELECT 1 AS n DELETE FROM dbo.t",
                "SELECT 1 AS n; COMMIT; DELETE FROM dbo.t",
                "SET FMTONLY OFF DELETE FROM dbo.t",
                "SELECT id INTO dbo.copied FROM dbo.t")) {
            assertThatThrownBy(() -> rows("FROM mssql_query('safe', $$" + text + "$$)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("READ_ONLY");
        }
        assertThat(rows("FROM mssql_query('safe', $$SELECT COUNT(*) AS n FROM dbo.t -- DELETE$$)"))
                .containsExactly("1");
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    void anErrorOfTheServerIsTheStatementsError() throws SQLException {
        run("CREATE TABLE kept AS SELECT 1 AS v");
        for (int i = 0; i < 3; i++) {
            SQLException e = catchThrowableOfType(
                    SQLException.class,
                    () -> run("INSERT INTO kept FROM mssql_query('ms', $$SELECT 10 / (n - 4000) FROM dbo.numbers$$)"));
            assertThat(e.getErrorCode()).isEqualTo(8134);
            assertThat((Throwable) e).hasMessageNotContaining("\tat ");
        }
        assertThat(rows("FROM kept")).containsExactly("1");
        free();
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    void aCutLineIsAnErrorAndNeverAShortResult() throws Exception {
        try (FaultProxy proxy = proxy()) {
            run("ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql)");
            assertThat(rows("SELECT count(*) FROM cut.dbo.numbers")).containsExactly("5000");
            run("DETACH cut");
            for (long after = 2_000; after < 26_000; after += 1_500) {
                proxy.onOthers(Fault.cut(Flow.TO_CLIENT, after, Ending.RESET));
                attachThrough(proxy);
            }
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.numbers")).containsExactly("5000");
    }

    /** Attaches, reads and detaches: all rows, or an error. */
    private void attachThrough(FaultProxy proxy) throws SQLException {
        try {
            run("ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql)");
            assertThat(rows("SELECT count(*) FROM cut.dbo.numbers")).containsExactly("5000");
        } catch (SQLException e) {
            assertThat(Disconnects.isDisconnect(e)).as(e.toString()).isTrue();
        } finally {
            run("DETACH DATABASE IF EXISTS cut");
        }
    }

    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelEndsTheRequestOnTheServer() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (Statement statement = duckdb().createStatement()) {
                CompletableFuture<SQLException> failure = apart(() -> catchThrowableOfType(
                        SQLException.class,
                        () -> statement.executeQuery("SELECT count(*) FROM mssql_query('ms', $$SELECT COUNT_BIG(*) AS n"
                                + ENDLESS.substring(ENDLESS.indexOf(" FROM")) + "$$)")));
                awaitInUse(failure);
                statement.cancel();
                assertThat((Throwable) failure.get(30, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(rows("SELECT count(*) FROM ms.dbo.t"))
                    .as("the next one is not hit")
                    .containsExactly("2");
        }
        free();
    }

    @Test
    @Guarantee(value = "G14", surface = Surface.E)
    void aTimeOutIsTypedAndLeavesAllUsable() throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(
                            () -> statement.executeQuery("SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)"))
                    .isInstanceOf(SQLTimeoutException.class);
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("2");
        free();
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.E)
    @Guarantee(value = "G06", surface = Surface.E)
    void closeAndDetachEndWhatRuns() throws Exception {
        EngineConnection closed = duckdb().duplicate();
        CompletableFuture<SQLException> cut = scanOf(closed);
        awaitInUse(cut);
        long start = System.nanoTime();
        closed.close();
        assertThat((Throwable) cut.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(20);
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("2");
        try (EngineConnection other = duckdb().duplicate()) {
            CompletableFuture<SQLException> failure = scanOf(other);
            awaitInUse(failure);
            run("DETACH ms");
            assertThat((Throwable) failure.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(rows(other, "SELECT 42")).containsExactly("42");
        }
    }

    private static CompletableFuture<SQLException> scanOf(EngineConnection connection) {
        return apart(() -> catchThrowableOfType(
                SQLException.class,
                () -> rows(connection, "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
    }

    private void awaitInUse(CompletableFuture<?> work) throws Exception {
        try (EngineConnection watching = duckdb().duplicate()) {
            while (!rows(watching, "SELECT in_use FROM mssql_pool_stats('ms')").equals(List.of("1"))) {
                assertThat(work.isDone()).isFalse();
                Thread.sleep(5);
            }
        }
    }

    private long acquired() throws SQLException {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }

    /** Nobody holds a connection any more. */
    private void free() throws SQLException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }
}
