package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.TransactionLostException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loads that are killed, cut, cancelled or out of time within a transaction: it is aborted, nothing is left of it on either side once it is
 * rolled back, and the pool of one connection goes on.
 */
class LoadFaultsInTransactionTest extends OnAttachedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than the login and the statements before the load send, and less than the load does. */
    private static final long AMONG_THE_ROWS = 200_000;

    /** Far more than the sockets and what lies between them hold. */
    private static final String MUCH = "SELECT range AS id, repeat('x', 5000) AS name FROM range(2500)";

    private static final int FEW_ROWS = 700;
    private static final String FEW = "SELECT range AS id, 'n' || range AS name FROM range(" + FEW_ROWS + ")";

    private static final String IMPATIENT = ", CANCEL_QUERY_TIMEOUT 1, CLOSE_TIMEOUT 500";

    /** What the statement does; all but the first two find the table. */
    enum Load {
        CREATE("CREATE TABLE ms.dbo.made AS %s"),
        COPY("COPY (%s) TO 'mssql://ms/dbo/made'"),
        REPLACE("CREATE OR REPLACE TABLE ms.dbo.t AS %s"),
        INSERT("INSERT INTO ms.dbo.t BY NAME %s"),
        APPEND("COPY (%s) TO 'mssql://ms/dbo/t' (APPEND)");

        private final String statement;

        Load(String statement) {
            this.statement = statement;
        }

        String of(String query) {
            return String.format(statement, query);
        }
    }

    /** What happens while rows are on their way and the line stands still. */
    enum Event {
        KILL,
        RESET,
        FIN,
        CANCEL,
        /** The server hears nothing of it. */
        UNHEARD_CANCEL,
        TIME_OUT;

        void expect(SQLException failure) {
            switch (this) {
                case KILL, RESET, FIN ->
                    assertThat(Disconnects.isDisconnect(failure))
                            .as("%s: %s", this, failure)
                            .isTrue();
                case CANCEL ->
                    assertThat(failure.getSQLState())
                            .as("%s: %s", this, failure)
                            .isEqualTo("57014");
                case UNHEARD_CANCEL -> {
                    // Either DuckDB's part has ended first, or the line, which tells more.
                    if (!"57014".equals(failure.getSQLState())) {
                        assertThat((Throwable) failure)
                                .isInstanceOf(TransactionLostException.class)
                                .hasMessageContaining("the server has not confirmed the cancel");
                    }
                }
                case TIME_OUT -> {
                    assertThat((Throwable) failure).isInstanceOf(SQLTimeoutException.class);
                    assertThat(failure.getSQLState()).isEqualTo("HYT00");
                }
            }
        }
    }

    private FaultProxy proxy;

    @BeforeEach
    void fill() throws IOException, SQLException {
        onServer("CREATE TABLE dbo.t (id bigint, name nvarchar(max))", "INSERT INTO dbo.t VALUES (-1, N'old')");
        run("CREATE TABLE here (id int)");
        proxy = proxy();
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    private void attachThroughProxy() throws SQLException {
        run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 20000"
                + IMPATIENT + ")");
    }

    private ProxiedConnection line() {
        List<ProxiedConnection> all = proxy.connections();
        return all.get(all.size() - 1);
    }

    /** What belongs together with the load. */
    private void begin() throws SQLException {
        run("BEGIN");
        run("INSERT INTO ms.dbo.t VALUES (1, 'before')");
        run("INSERT INTO here VALUES (1)");
    }

    static Stream<Arguments> events() {
        return Arrays.stream(Load.values())
                .flatMap(load -> Arrays.stream(Event.values()).map(event -> Arguments.of(load, event)));
    }

    @ParameterizedTest
    @MethodSource("events")
    @Guarantee(value = "G29", surface = Surface.E)
    @Guarantee(value = "G31", surface = Surface.E)
    void amongItsRowsAbortsTheTransactionAndLeavesNothing(Load load, Event event) throws Exception {
        proxy.onConnection(1, Fault.stall(Flow.TO_SERVER, AMONG_THE_ROWS));
        attachThroughProxy();
        begin();
        String session = rows("SELECT q.n FROM mssql_query('ms', $$SELECT @@SPID AS n$$) q")
                .get(0);
        ProxiedConnection line = line();
        assertThat(line.passed(Flow.TO_SERVER)).isLessThan(AMONG_THE_ROWS);
        try (Statement statement = duckdb().createStatement()) {
            if (event == Event.TIME_OUT) {
                statement.setQueryTimeout(3);
            }
            CompletableFuture<SQLException> running =
                    apart(() -> catchThrowableOfType(SQLException.class, () -> statement.execute(load.of(MUCH))));
            if (event != Event.TIME_OUT) {
                line.awaitStalled(Flow.TO_SERVER, PATIENCE);
            }
            switch (event) {
                case KILL -> {
                    onServer("KILL " + session);
                    line.release();
                }
                case RESET -> line.cut(Ending.RESET);
                case FIN -> line.cut(Ending.FIN);
                case CANCEL -> {
                    statement.cancel();
                    line.release();
                }
                case UNHEARD_CANCEL -> statement.cancel();
                case TIME_OUT -> {}
            }
            SQLException failure = running.get(60, TimeUnit.SECONDS);
            assertThat((Throwable) failure).as("%s", event).isNotNull();
            event.expect(failure);
            expectOnlyRollback(failure);
        }
        line.release();
        run("ROLLBACK");
        expectNothingLeft();
    }

    /** Each end of the transaction that is tried before ROLLBACK. */
    private void expectOnlyRollback(SQLException first) {
        for (String sql : List.of("SELECT 1", "INSERT INTO ms.dbo.t VALUES (2, 'after')", "COMMIT")) {
            SQLException refused = catchThrowableOfType(SQLException.class, () -> run(sql));
            assertThat(refused.getSQLState()).as(sql).isEqualTo("25P02");
            assertThat((Throwable) refused).as(sql).hasMessageContaining("please ROLLBACK");
            // Of a cancel the statement tells in words of its own.
            assertThat(refused.getCause() == first || first.getSQLState().equals("57014"))
                    .as("%s: %s", sql, refused)
                    .isTrue();
        }
    }

    /** Seen from beside, and by the next transaction, which does the same with fewer rows. */
    private void expectNothingLeft() throws SQLException, InterruptedException {
        awaitOnServer(List.of("t"), List.of("-1"));
        assertThat(rows("FROM here")).isEmpty();
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
        begin();
        run(Load.CREATE.of(FEW));
        run(Load.APPEND.of(FEW));
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM ms.dbo.made")).containsExactly(Integer.toString(FEW_ROWS));
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly(Integer.toString(FEW_ROWS + 2));
        assertThat(rows("FROM here")).containsExactly("1");
    }

    /** A session that was cut is undone by the server in its own time. */
    private void awaitOnServer(List<String> tables, List<String> ids) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!(onServerTables().equals(tables) && onServerIds().equals(ids)) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(onServerTables()).isEqualTo(tables);
        assertThat(onServerIds()).isEqualTo(ids);
    }

    private List<String> onServerTables() throws SQLException {
        return onServerRows("SELECT name FROM sys.tables ORDER BY name");
    }

    private List<String> onServerIds() throws SQLException {
        return onServerRows("SELECT TOP (10) id FROM dbo.t ORDER BY id");
    }

    /** Nothing tells of the loss before the COMMIT. */
    @ParameterizedTest
    @EnumSource(names = {"KILL", "RESET", "FIN"})
    @Guarantee(value = "G28", surface = Surface.E)
    @Guarantee(value = "G29", surface = Surface.E)
    void betweenTheLoadsAndTheCommitLeavesNothing(Event event) throws Exception {
        attachThroughProxy();
        begin();
        run(Load.CREATE.of(FEW));
        run(Load.INSERT.of(FEW));
        String session = rows("SELECT q.n FROM mssql_query('ms', $$SELECT @@SPID AS n$$) q")
                .get(0);
        if (event == Event.KILL) {
            onServer("KILL " + session);
        } else {
            line().cut(event == Event.RESET ? Ending.RESET : Ending.FIN);
        }

        SQLException failure = catchThrowableOfType(SQLException.class, () -> run("COMMIT"));

        assertThat((Throwable) failure).isNotNull();
        event.expect(failure);
        expectNothingLeft();
    }

    /** The same dialogue is cut at points all along it, in either direction. */
    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G23", surface = Surface.E)
    @Guarantee(value = "G28", surface = Surface.E)
    @Guarantee(value = "G29", surface = Surface.E)
    void aLineThatIsCutAnywhereLeavesAllOrNothing(Load load) throws Exception {
        attachThroughProxy();
        List<Long> before = passed();
        transaction(load);
        List<Long> after = passed();
        run("DETACH ms");
        for (int i = 1; i < 10; i++) {
            for (Flow flow : Flow.values()) {
                long from = before.get(flow.ordinal());
                cutAt(load, Fault.cut(flow, from + (after.get(flow.ordinal()) - from) * i / 10, Ending.RESET));
            }
        }
    }

    private List<Long> passed() {
        List<Long> passed = new ArrayList<>();
        for (Flow flow : Flow.values()) {
            passed.add(line().passed(flow));
        }
        return passed;
    }

    private void transaction(Load load) throws SQLException {
        begin();
        run(load.of(FEW));
        run("COMMIT");
    }

    private void cutAt(Load load, Fault fault) throws SQLException, InterruptedException {
        run("DELETE FROM here");
        onServer(
                "DROP TABLE IF EXISTS dbo.made",
                "DROP TABLE IF EXISTS dbo.t",
                "CREATE TABLE dbo.t (id bigint, name nvarchar(max))",
                "INSERT INTO dbo.t VALUES (-1, N'old')");
        proxy.onOthers(fault);
        attachThroughProxy();
        SQLException failure = catchThrowableOfType(SQLException.class, () -> transaction(load));
        proxy.healed();
        assertThat((Throwable) failure).as("%s", fault).isNotNull();
        assertThat(Disconnects.isDisconnect(failure))
                .as("%s: %s", fault, failure)
                .isTrue();
        // Of a commit that fails there is nothing to roll back any more.
        SQLException isOver = catchThrowableOfType(SQLException.class, () -> run("ROLLBACK"));
        assertThat(isOver == null || isOver.getMessage().contains("no transaction is active"))
                .as("%s: %s", fault, isOver)
                .isTrue();
        assertThat(rows("FROM here")).as("%s", fault).isEmpty();
        if (!"08007".equals(failure.getSQLState())) {
            awaitOnServer(List.of("t"), List.of("-1"));
        }
        assertThat(rows("SELECT q.n FROM mssql_query('ms', $$SELECT 1 AS n$$) q"))
                .containsExactly("1");
        run("DETACH ms");
    }
}
