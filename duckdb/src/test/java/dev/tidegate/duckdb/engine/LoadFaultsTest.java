package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads that fail at whatever moment: nothing of them is left, and the pool of one connection goes on. */
class LoadFaultsTest extends OnAttachedServer {
    private static final int ROWS = 2_000;

    /** Billions of rows, made in no time. */
    private static final String ENDLESS_ROWS = "SELECT range AS id FROM range(100000000000)";

    /** A row now and then: what the server has to undo after a second of them is little, however slow it is. */
    private static final String SELDOM_ROWS = ENDLESS_ROWS + " WHERE hash(range) % 100000 = 0";

    private static final String SEVERAL_ROWS = "SELECT range AS id, 'n' || range AS name FROM range(" + ROWS + ")";

    /** Whether the table is there before, and what the statement does. */
    enum Load {
        FIRST("CREATE TABLE ms.dbo.t AS "),
        RELOAD("CREATE OR REPLACE TABLE ms.dbo.t AS "),
        MORE("INSERT INTO ms.dbo.t BY NAME ");

        private final String statement;

        Load(String statement) {
            this.statement = statement;
        }

        String of(String query) {
            return statement + query;
        }

        boolean findsTable() {
            return this != FIRST;
        }
    }

    private FaultProxy proxy;

    @BeforeEach
    void attached() throws IOException, SQLException {
        proxy = proxy();
        attach();
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    private void attach() throws SQLException {
        run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 20000)");
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G29", surface = Surface.E)
    void aRowThatDoesNotFitLeavesNothing(Load load) throws Exception {
        before(load);

        SQLException failure = catchThrowableOfType(
                SQLException.class,
                () -> run(load.of(
                        "SELECT range AS id, CASE WHEN range = 1900 THEN chr(range::INTEGER) || repeat('y', 5000)"
                                + " ELSE 'x' END AS name, CASE WHEN range = 1900 THEN DATE 'infinity' END AS d FROM range("
                                + ROWS + ")")));

        assertThat((Throwable) failure).as("%s", load).isNotNull();
        assertNothingLeft(load);
    }

    @Test
    @Guarantee(value = "G29", surface = Surface.E)
    void aConstraintThatFailsLeavesNothing() throws Exception {
        onServer("CREATE TABLE dbo.t (id bigint CHECK (id <> 1900), name nvarchar(20))");
        onServer("INSERT INTO dbo.t VALUES (-1, N'old')");

        SQLException failure = catchThrowableOfType(SQLException.class, () -> run(Load.MORE.of(SEVERAL_ROWS)));

        assertThat(failure.getErrorCode()).isEqualTo(547);
        assertNothingLeft(Load.MORE);
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G29", surface = Surface.E)
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelEndsIt(Load load) throws Exception {
        before(load);
        try (Statement statement = duckdb().createStatement()) {
            CompletableFuture<SQLException> running = running(statement, load);
            awaitLoading(running);
            statement.cancel();

            assertThat(running.get(60, TimeUnit.SECONDS).getSQLState()).isIn("57014", "HY008");
        }
        assertNothingLeft(load);
    }

    /** The rows wait in a temporary table then. */
    @Test
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelEndsTheQueryThatTheRowsComeFrom() throws Exception {
        before(Load.MORE);
        try (EngineConnection watching = duckdb().duplicate();
                Statement statement = duckdb().createStatement()) {
            CompletableFuture<SQLException> running = apart(() -> catchThrowableOfType(
                    SQLException.class,
                    () -> statement.execute("INSERT INTO ms.dbo.t (id) SELECT q.object_id FROM mssql_query('ms', $$"
                            + ENDLESS + "$$) q")));
            while (!rows(watching, "SELECT in_use FROM mssql_pool_stats('ms')").equals(List.of("1"))) {
                assertThat(running.isDone()).isFalse();
                Thread.sleep(5);
            }
            statement.cancel();

            assertThat((Throwable) running.get(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertNothingLeft(Load.MORE);
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G14", surface = Surface.E)
    void aTimeOutEndsItAndIsOne(Load load) throws Exception {
        before(load);
        try (Statement statement = duckdb().createStatement()) {
            statement.setQueryTimeout(1);

            SQLException failure =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(load.of(SELDOM_ROWS)));

            assertThat((Throwable) failure).isInstanceOf(SQLTimeoutException.class);
        }
        assertNothingLeft(load);
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G29", surface = Surface.E)
    void aSessionThatIsKilledLeavesNothing(Load load) throws Exception {
        before(load);
        int spid = Integer.parseInt(rows("SELECT q.n FROM mssql_query('ms', $$SELECT @@SPID AS n$$) q")
                .get(0));
        try (Statement statement = duckdb().createStatement()) {
            CompletableFuture<SQLException> running = running(statement, load);
            awaitLoading(running);
            server().kill(spid);

            assertThat((Throwable) running.get(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertNothingLeft(load);
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G01", surface = Surface.E)
    @Guarantee(value = "G05", surface = Surface.E)
    void aCloseEndsItInTime(Load load) throws Exception {
        before(load);
        EngineConnection other = duckdb().duplicate();
        Statement statement = other.createStatement();
        CompletableFuture<SQLException> running = running(statement, load);
        awaitLoading(running);

        long start = System.nanoTime();
        other.close();
        assertThat((Throwable) running.get(60, TimeUnit.SECONDS)).isNotNull();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        SQLException closed = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));
        assertThat((Throwable) closed).isNotNull();
        statement.close();
        assertNothingLeft(load);
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    @Guarantee(value = "G23", surface = Surface.E)
    void aLineThatIsCutAnywhereLeavesAllOrNothing(Load load) throws Exception {
        before(load);
        long login = passed(Flow.TO_SERVER);
        long answered = passed(Flow.TO_CLIENT);
        run(load.of(SEVERAL_ROWS));
        long sent = passed(Flow.TO_SERVER);
        long received = passed(Flow.TO_CLIENT);
        for (int i = 1; i < 12; i++) {
            cutAt(load, Fault.cut(Flow.TO_SERVER, login + (sent - login) * i / 12, Ending.RESET));
            cutAt(load, Fault.cut(Flow.TO_CLIENT, answered + (received - answered) * i / 12, Ending.RESET));
        }
    }

    private void cutAt(Load load, Fault fault) throws SQLException, InterruptedException {
        run("DETACH ms");
        onServer("DROP TABLE IF EXISTS dbo.t");
        before(load);
        proxy.onOthers(fault);
        attach();
        SQLException failure = catchThrowableOfType(SQLException.class, () -> run(load.of(SEVERAL_ROWS)));
        proxy.healed();

        // Only of a commit without an answer nobody knows what has become.
        boolean unknown = failure != null && "08007".equals(failure.getSQLState());
        long before = load.findsTable() ? 1 : -1;
        long after = (long) ROWS + (load == Load.MORE ? 1 : 0);
        if (failure == null) {
            assertThat(rowsOnServer()).as("%s, %s", load, fault).isEqualTo(after);
        } else if (unknown) {
            assertThat(rowsOnServer()).as("%s, %s", load, fault).isIn(before, after);
        } else {
            awaitUndone(load);
        }
        assertThat(rows("SELECT q.n FROM mssql_query('ms', $$SELECT 1 AS n$$) q"))
                .containsExactly("1");
    }

    private long passed(Flow flow) {
        List<ProxiedConnection> all = proxy.connections();
        return all.get(all.size() - 1).passed(flow);
    }

    private void before(Load load) throws SQLException {
        if (load.findsTable()) {
            onServer(
                    "CREATE TABLE dbo.t (id bigint, name nvarchar(20), d date)",
                    "INSERT INTO dbo.t (id, name) VALUES (-1, N'old')");
        }
    }

    private CompletableFuture<SQLException> running(Statement statement, Load load) {
        return apart(() -> catchThrowableOfType(SQLException.class, () -> statement.execute(load.of(ENDLESS_ROWS))));
    }

    /** Until more has passed than the statements before the rows need. */
    private void awaitLoading(CompletableFuture<?> running) throws InterruptedException {
        while (passed(Flow.TO_SERVER) < 100_000) {
            assertThat(running.isDone()).isFalse();
            Thread.sleep(5);
        }
    }

    private void assertNothingLeft(Load load) throws SQLException, InterruptedException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        awaitUndone(load);
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
        run("INSERT INTO ms.dbo." + table(load) + " (id) VALUES (1)");
    }

    /** A server that is slow to undo a load loses its connection, and goes on by itself; it shows to all what it has not committed. */
    private void awaitUndone(Load load) throws SQLException, InterruptedException {
        String expected = load.findsTable() ? "1" : "0";
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> tables;
        do {
            tables = rows("SELECT q.n FROM mssql_query('ms', $$SELECT COUNT(*) AS n FROM sys.tables$$) q");
        } while (!tables.equals(List.of(expected)) && waits(end));
        assertThat(tables).containsExactly(expected);
        assertThat(rowsOnServer()).isEqualTo(load.findsTable() ? 1 : -1);
    }

    private static boolean waits(long end) throws InterruptedException {
        Thread.sleep(20);
        return System.nanoTime() < end;
    }

    private String table(Load load) throws SQLException {
        if (!load.findsTable()) {
            run("CREATE TABLE ms.dbo.u AS SELECT 0 AS id");
        }
        return load.findsTable() ? "t" : "u";
    }

    /** @return -1 if there is no such table */
    private long rowsOnServer() throws SQLException {
        try (EngineConnection direct = TidegateDuckDB.open("")) {
            run(direct, "ATTACH '" + url() + "' AS ms (TYPE mssql)");
            if (rows(
                            direct,
                            "SELECT q.n FROM mssql_query('ms', $$SELECT COUNT(*) AS n FROM sys.tables WHERE name = 't'$$) q")
                    .equals(List.of("0"))) {
                return -1;
            }
            return Long.parseLong(rows(direct, "SELECT count(*) FROM ms.dbo.t").get(0));
        }
    }
}
