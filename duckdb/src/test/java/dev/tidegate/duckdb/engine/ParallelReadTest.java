package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.duckdb.engine.session.ParallelScans;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.peer.MisheardBackend;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large tables are read by several connections, wherever that changes nothing but the time. */
class ParallelReadTest extends OnAttachedServer {
    private static final int ROWS = 20_000;
    private static final String SUM = ROWS + "|" + (long) ROWS * (ROWS - 1) / 2 + "|" + ROWS;
    private static final String READ = "SELECT count(*), sum(v), count(DISTINCT id) FROM ms.dbo.big";
    /** The readers, and one that holds the moment at which they begin. */
    private static final int CONNECTIONS = 5;

    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.big (id int NOT NULL PRIMARY KEY, v bigint NOT NULL, pad varchar(40) NOT NULL)",
                "CREATE TABLE dbo.small (id int NOT NULL PRIMARY KEY)",
                "INSERT INTO dbo.small VALUES (1), (2)");
        attach("loader", "");
        run("INSERT INTO loader.dbo.big SELECT i, i, repeat('x', 40) FROM range(" + ROWS + ") t(i)");
        run("DETACH loader");
        run("SET mssql_query_pushdown = off");
    }

    private void attachParallel(String options) throws SQLException {
        attach("ms", ", PARALLEL_ROWS 1000" + options);
        rows("SELECT * FROM ms.dbo.big, ms.dbo.small LIMIT 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Guarantee(value = "G37", surface = Surface.E)
    void everyRowComesOnceByWhateverNumberOfThreads(int threads) throws SQLException {
        run("SET threads = " + threads);
        attachParallel("");
        assertThat(acquiredBy(() -> assertThat(rows(READ)).containsExactly(SUM)))
                .isEqualTo(CONNECTIONS);
        assertThat(acquiredBy(() -> run("CREATE TABLE mine AS FROM ms.dbo.big")))
                .isEqualTo(CONNECTIONS);
        assertThat(rows(READ.replace("ms.dbo.big", "mine"))).containsExactly(SUM);
        assertThat(rows("SELECT count(*) FROM mine WHERE pad <> repeat('x', 40) OR id <> v"))
                .containsExactly("0");
        assertThat(acquiredBy(() ->
                        assertThat(rows("SELECT count(*) FROM ms.dbo.big")).containsExactly("" + ROWS)))
                .as("without any column")
                .isEqualTo(CONNECTIONS);
        assertThat(acquiredBy(() -> assertThat(rows("SELECT id FROM ms.dbo.big ORDER BY id DESC LIMIT 2"))
                        .containsExactly("" + (ROWS - 1), "" + (ROWS - 2))))
                .isEqualTo(CONNECTIONS);
        try (PreparedStatement prepared = duckdb().prepareStatement(READ)) {
            for (int i = 0; i < 2; i++) {
                assertThat(acquiredBy(() -> {
                            try (ResultSet result = prepared.executeQuery()) {
                                assertThat(read(result)).containsExactly(SUM);
                            }
                        }))
                        .isEqualTo(CONNECTIONS);
            }
        }
        free();
    }

    @Test
    @Guarantee(value = "G37", surface = Surface.E)
    void oneConnectionReadsWhatIsNotWorthMore() throws SQLException {
        attachParallel("");
        assertThat(acquiredBy(() -> rows("FROM ms.dbo.small"))).isEqualTo(1);
        assertThat(acquiredBy(() -> rows("FROM ms.dbo.big LIMIT 3"))).isEqualTo(1);
        assertThat(acquiredBy(() -> rows("SELECT count(*) FROM ms.dbo.big WHERE id < 7 AND v > 3")))
                .as("a condition is sent")
                .isEqualTo(1);
        run("SET mssql_parallel = off");
        assertThat(acquiredBy(() -> rows(READ))).isEqualTo(1);
        run("SET mssql_parallel = 3");
        assertThat(acquiredBy(() -> assertThat(rows("SELECT count(*) FROM ms.dbo.big WHERE id < 7 OR v >= 19990"))
                        .containsExactly("17")))
                .as("who asks for a number gets it")
                .isEqualTo(4);
        run("RESET mssql_parallel");
        assertThat(acquiredBy(() -> rows(READ))).isEqualTo(CONNECTIONS);
        attach("two", ", PARALLEL_ROWS 1000, PARALLEL off");
        assertThat(rows(READ.replace("ms.", "two."))).containsExactly(SUM);
        assertThat(rows("SELECT acquired FROM mssql_pool_stats('two')"))
                .as("login, names, columns, rows")
                .containsExactly("4");
    }

    @Test
    void aTableWithoutAKeyToDivideItByIsReadByOneConnection() throws SQLException {
        onServer(
                "CREATE TABLE dbo.heap (id int NOT NULL, v int)",
                "INSERT INTO dbo.heap SELECT id, v FROM dbo.big",
                "CREATE TABLE dbo.uni (id int NOT NULL UNIQUE, v int)",
                "INSERT INTO dbo.uni SELECT id, v FROM dbo.big");
        attachParallel("");
        for (String table : List.of("heap", "uni")) {
            String read = READ.replace("big", table);
            rows("SELECT * FROM ms.dbo." + table + " LIMIT 0");
            assertThat(acquiredBy(() -> assertThat(rows(read)).containsExactly(SUM)))
                    .as(table)
                    .isEqualTo(1);
        }
        run("SET mssql_parallel = 2");
        assertThat(acquiredBy(
                        () -> assertThat(rows(READ.replace("big", "heap"))).containsExactly(SUM)))
                .isEqualTo(1);
        assertThat(acquiredBy(() -> assertThat(rows(READ.replace("big", "uni"))).containsExactly(SUM)))
                .as("each range may cost a pass over the table")
                .isEqualTo(3);
    }

    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void aTransactionReadsByItsOwnConnectionAndSeesItsOwnRows() throws SQLException {
        attachParallel("");
        run("BEGIN");
        assertThat(acquiredBy(() -> {
                    run("CALL mssql_execute('ms', $$DELETE FROM dbo.big WHERE id >= 10$$)");
                    assertThat(rows(READ)).containsExactly("10|45|10");
                }))
                .isEqualTo(1);
        run("ROLLBACK");
        assertThat(rows(READ)).containsExactly(SUM);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "4, 1", "5, 3", "6, 3", "7, 4", "9, 5", "20, 5"})
    void noMoreConnectionsAreTakenThanHalfOfThoseThatAreFree(int pool, int taken) throws Exception {
        attachParallel(", MAXIMUM_POOL_SIZE " + pool + ", CONNECTION_TIMEOUT 60000");
        assertThat(acquiredBy(() -> assertThat(rows(READ)).containsExactly(SUM)))
                .isEqualTo(taken);
        String twice = "SELECT count(*), sum(a.v), count(DISTINCT b.id) FROM ms.dbo.big a JOIN ms.dbo.big b USING (id)";
        assertThat(rows(twice)).containsExactly(SUM);
        List<CompletableFuture<List<String>>> others = new ArrayList<>();
        List<EngineConnection> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            EngineConnection connection = duckdb().duplicate();
            connections.add(connection);
            run(connection, "SET mssql_query_pushdown = off");
            others.add(apart(() -> {
                try {
                    return rows(connection, twice);
                } catch (SQLException e) {
                    return List.of(e.toString());
                }
            }));
        }
        for (CompletableFuture<List<String>> other : others) {
            assertThat(other.get(100, TimeUnit.SECONDS)).containsExactly(SUM);
        }
        for (EngineConnection connection : connections) {
            connection.close();
        }
        free();
    }

    /** The first rows are read when the others are changed; a pool of this size could read on with other connections. */
    @Test
    void allConnectionsSeeTheTableAsItWasAtOneMoment() throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        try (EngineConnection stream = TidegateDuckDB.open("", streaming)) {
            run(stream, "SET threads = 1");
            run(stream, "SET mssql_query_pushdown = off");
            run(stream, "ATTACH '" + url() + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
            try (Statement statement = stream.createStatement();
                    ResultSet result = statement.executeQuery("SELECT v FROM ms.dbo.big")) {
                assertThat(result.next()).isTrue();
                onServer("UPDATE dbo.big SET v = v + 1000000", "DELETE FROM dbo.big WHERE id % 2 = 0");
                long sum = result.getLong(1);
                int rows = 1;
                for (; result.next(); rows++) {
                    sum += result.getLong(1);
                }
                assertThat(rows + "|" + sum + "|" + rows).isEqualTo(SUM);
            }
        }
    }

    @Test
    void whileAWriterIsThereNobodyIsKeptWaiting() throws SQLException {
        server();
        attachParallel("");
        try (EngineConnection writer = TidegateDuckDB.open("")) {
            run(writer, "ATTACH '" + url() + "' AS w (TYPE mssql)");
            run(writer, "BEGIN");
            run(writer, "CALL mssql_execute('w', $$UPDATE dbo.big SET v = 0 WHERE id = 7$$)");
            assertThat(acquiredBy(() -> assertThat(rows(READ)).containsExactly(SUM)))
                    .as("the five that had to go back, and one that reads")
                    .isEqualTo(CONNECTIONS + 1);
            run(writer, "COMMIT");
        }
        assertThat(acquiredBy(() -> rows(READ))).isEqualTo(CONNECTIONS);
        free();
    }

    @Test
    void withoutSnapshotsOnlyThoseWhoAskForANumberReadInParts() throws Exception {
        try (EmbeddedSqlServer other = EmbeddedSqlServer.builder()
                .backend(new MisheardBackend(
                        H2Backend.inMemory(List.of("demo")),
                        sql -> sql.replace("SELECT snapshot_isolation_state", "SELECT 0")))
                .login(USER, PASSWORD)
                .start()) {
            run("ATTACH '" + url(USER, PASSWORD, "127.0.0.1", other.port(), "demo")
                    + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
            run("CREATE TABLE ms.dbo.big (id INTEGER PRIMARY KEY, v BIGINT, pad VARCHAR(40))");
            run("INSERT INTO ms.dbo.big SELECT i, i, '' FROM range(" + ROWS + ") t(i)");
            run("CALL mssql_clear_cache('ms')");
            rows("FROM ms.dbo.big LIMIT 0");
            assertThat(acquiredBy(() -> assertThat(rows(READ)).containsExactly(SUM)))
                    .isEqualTo(1);
            run("SET mssql_parallel = 4");
            assertThat(acquiredBy(() -> assertThat(rows(READ)).containsExactly(SUM)))
                    .isEqualTo(4);
        }
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    void aLineThatBreaksUnderOneOfThemIsAnErrorAndNeverAShortResult() throws Exception {
        try (FaultProxy proxy = proxy()) {
            run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
            rows("FROM ms.dbo.big LIMIT 0");
            int failures = 0;
            for (long after = 1_000; after < 200_000; after += 12_500) {
                // Of the five that a scan opens, one is cut, at another place each time.
                run("DETACH ms");
                proxy.healed()
                        .onConnection(proxy.connections().size() + 3, Fault.cut(Flow.TO_CLIENT, after, Ending.RESET));
                run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
                boolean isRead = false;
                for (int i = 0; i < 4 && !isRead; i++) {
                    try {
                        assertThat(rows(READ)).containsExactly(SUM);
                        isRead = true;
                    } catch (SQLException e) {
                        assertThat(Disconnects.isDisconnect(e)).as(e.toString()).isTrue();
                        assertThat(e.getMessage()).doesNotContain("rollback");
                        failures++;
                    }
                    free();
                }
                assertThat(isRead).isTrue();
            }
            assertThat(failures).isPositive();
        }
    }

    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    @Guarantee(value = "G14", surface = Surface.E)
    void aCancelATimeOutAndAnEarlyEndReachAllOfThem() throws Exception {
        try (FaultProxy proxy = proxy()) {
            run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
            rows("FROM ms.dbo.big LIMIT 0");
            run("DETACH ms");
            // So slow that nobody comes to the end.
            proxy.onOthers(Fault.throttle(Flow.TO_CLIENT, 20_000, 200, Duration.ofMillis(50)));
            run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, PARALLEL_ROWS 1000)");
            try (EngineConnection reading = duckdb().duplicate()) {
                run(reading, "SET mssql_query_pushdown = off");
                Statement cancelled = reading.createStatement();
                CompletableFuture<Throwable> scan = apart(() -> catchThrowable(() -> cancelled.executeQuery(READ)));
                awaitRequests(4, scan);
                cancelled.cancel();
                assertThat(scan.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(SQLException.class)
                        .matches(e -> !Disconnects.isDisconnect(e));
                free();
                Statement limited = reading.createStatement();
                limited.setQueryTimeout(2);
                assertThatThrownBy(() -> limited.executeQuery(READ)).isInstanceOf(SQLTimeoutException.class);
                free();
            }
            EngineConnection closed = duckdb().duplicate();
            run(closed, "SET mssql_query_pushdown = off");
            CompletableFuture<Throwable> scan = apart(() -> catchThrowable(() -> rows(closed, READ)));
            awaitRequests(4, scan);
            closed.close();
            assertThat(scan.get(60, TimeUnit.SECONDS)).isNotNull();
            free();
        }
    }

    private void awaitRequests(int count, CompletableFuture<?> work) throws Exception {
        while (rows("FROM mssql_progress() WHERE rows_read > 0 AND requests = " + count)
                .isEmpty()) {
            assertThat(work.isDone())
                    .as(() -> String.valueOf(work.getNow(null)))
                    .isFalse();
            Thread.sleep(5);
        }
    }

    @Test
    void theSettingsAreShownAndChecked() throws SQLException {
        attach("ms", ", PARALLEL 7, PARALLEL_ROWS 12");
        attach("two", "");
        String shown = "SELECT database_name, value, default_value FROM mssql_settings() WHERE name = ";
        assertThat(rows(shown + "'parallel' ORDER BY 1")).containsExactly("ms|7|auto", "two|auto|auto");
        assertThat(rows(shown + "'parallel_rows' ORDER BY 1")).containsExactly("ms|12|500000", "two|500000|500000");
        assertThat(rows(shown + "'mssql_parallel'")).containsExactly("null||");
        run("SET mssql_parallel = '7'");
        assertThat(rows(shown + "'mssql_parallel'")).containsExactly("null|7|");
        run("SET mssql_parallel TO auto");
        assertThat(rows(shown + "'mssql_parallel'")).containsExactly("null|auto|");
        run("RESET mssql_parallel");
        assertThat(rows(shown + "'mssql_parallel'")).containsExactly("null||");
        for (String wrong : List.of("'many'", "0", "65", "'-1'")) {
            assertThatThrownBy(() -> run("SET mssql_parallel = " + wrong))
                    .hasMessageContaining("mssql_parallel is off, auto or a number of connections from 1 to 64");
        }
        assertThatThrownBy(() -> attach("three", ", PARALLEL 99")).hasMessageContaining("parallel is off, auto");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FROM t | false",
                "SELECT 1 FROM t LIMIT 5 | true",
                "SELECT 1 FROM t ORDER BY 1 LIMIT 5 | false",
                "SELECT * FROM (SELECT 1 FROM t ORDER BY 1) LIMIT 5 | true",
                "SELECT * FROM (SELECT 1 FROM t LIMIT 5) ORDER BY 1 | true",
                "SELECT sum(v) OVER (ORDER BY v) FROM t LIMIT 5 | true",
                "SELECT 'LIMIT' FROM t -- LIMIT | false",
                "SELECT \"limit\" FROM t) ) ORDER BY (1) LIMIT 5 | false"
            })
    void aLimitWithoutAnOrderMayEndAScanEarly(String sql, boolean mayEndEarly) throws SQLException {
        assertThat(ParallelScans.mayEndEarly(SqlStatement.split(sql).get(0))).isEqualTo(mayEndEarly);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private long acquiredBy(Work work) throws SQLException {
        long before = acquired();
        work.run();
        return acquired() - before;
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
