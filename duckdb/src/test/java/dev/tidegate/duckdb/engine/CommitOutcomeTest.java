package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a transaction whose line to the server breaks, at any byte of its end. */
class CommitOutcomeTest extends OnAttachedServer {
    private FaultProxy proxy;

    @BeforeEach
    void fill() throws IOException, SQLException {
        onServer("CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY)");
        proxy = proxy();
        run("CREATE TABLE here (id int PRIMARY KEY)");
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    private void attachThroughProxy() throws SQLException {
        run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 1, CLOSE_TIMEOUT 1000)");
    }

    private void writeBoth(int id) throws SQLException {
        run("BEGIN");
        run("CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (" + id + ")')");
        run("INSERT INTO here VALUES (" + id + ")");
    }

    private ProxiedConnection line() {
        return proxy.live().get(0);
    }

    /** The same dialogue is cut behind every byte of the commit and of its reply. */
    @Test
    @Guarantee(value = "G28", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    void theOutcomeIsExactWhereverTheLineIsCut() throws Exception {
        attachThroughProxy();
        writeBoth(100);
        Map<Flow, Long> before = passed();
        run("COMMIT");
        Map<Flow, Long> after = passed();
        run("DETACH ms");
        int id = 101;
        for (Flow flow : Flow.values()) {
            for (long at = before.get(flow) + 1; at <= after.get(flow); at++) {
                cutAt(flow, at, id++);
            }
        }
        assertThat(id - 101).as("bytes of the commit and its reply").isGreaterThan(40);
    }

    private Map<Flow, Long> passed() {
        return Map.of(Flow.TO_SERVER, line().passed(Flow.TO_SERVER), Flow.TO_CLIENT, line().passed(Flow.TO_CLIENT));
    }

    private void cutAt(Flow flow, long at, int id) throws SQLException {
        proxy.onOthers(Fault.cut(flow, at, Ending.RESET));
        attachThroughProxy();
        writeBoth(id);
        SQLException e = catchThrowableOfType(SQLException.class, () -> run("COMMIT"));
        proxy.healed();
        boolean here = rows("FROM here WHERE id = " + id).size() == 1;
        run("DETACH ms");
        boolean there = isOnServer(id);
        String where = flow + " " + at;
        if (e == null) {
            assertThat(here && there).as(where).isTrue();
        } else {
            assertThat(here).as(where).isFalse();
            assertThat(Disconnects.isDisconnect(e)).as(where).isTrue();
            if (there) {
                assertThat(e.getSQLState()).as(where).isEqualTo("08007");
                assertThat((Throwable) e)
                        .as(where)
                        .hasMessageContaining("ms")
                        .hasMessageContaining("DuckDB's part is rolled back");
            }
        }
    }

    /** What the server is still doing ends first. */
    private boolean isOnServer(int id) throws SQLException {
        return onServerRows("SELECT id FROM dbo.t WHERE id = " + id).size() == 1;
    }

    @Test
    @Guarantee(value = "G21", surface = Surface.E)
    void aLostTransactionHasToBeRolledBackBeforeAnythingElse() throws SQLException {
        attachThroughProxy();
        writeBoth(1);
        line().cut(Ending.RESET);
        SQLException lost = catchThrowableOfType(SQLException.class, () -> rows("SELECT count(*) FROM ms.dbo.t"));
        assertThat(Disconnects.isDisconnect(lost)).isTrue();
        for (String statement :
                List.of("SELECT 1", "BEGIN", "COMMIT", "CALL mssql_execute('ms', 'DELETE FROM dbo.t')")) {
            assertThatThrownBy(() -> run(statement))
                    .as(statement)
                    .hasMessageContaining("please ROLLBACK")
                    .hasMessageContaining(lost.getMessage());
        }
        run("ROLLBACK");
        writeBoth(2);
        run("COMMIT");
        assertThat(onServerRows("SELECT id FROM dbo.t")).containsExactly("2");
        assertThat(rows("FROM here")).containsExactly("2");
    }

    @Test
    @Guarantee(value = "G21", surface = Surface.E)
    void aLossThatOnlyTheCommitFindsRollsDuckdbBack() throws SQLException {
        attachThroughProxy();
        writeBoth(1);
        run("CREATE TABLE ms.dbo.made (n int)");
        line().cut(Ending.FIN);
        SQLException e = catchThrowableOfType(SQLException.class, () -> run("COMMIT"));
        assertThat(Disconnects.isDisconnect(e)).isTrue();
        assertThat(rows("FROM here")).isEmpty();
        assertThatThrownBy(() -> run("ROLLBACK")).hasMessageContaining("no transaction is active");
        assertThatThrownBy(() -> rows("FROM ms.dbo.made")).hasMessageContaining("Table with name made does not exist");
        writeBoth(2);
        run("COMMIT");
        assertThat(onServerRows("SELECT id FROM dbo.t")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Guarantee(value = "G05", surface = Surface.E)
    @Guarantee(value = "G06", surface = Surface.E)
    void aCloseEndsACommitThatTheServerDoesNotAnswer(boolean cancelled) throws Exception {
        EngineConnection second = duckdb().duplicate();
        attachThroughProxy();
        run(second, "BEGIN");
        run(second, "CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (1)')");
        run(second, "INSERT INTO here VALUES (1)");
        ProxiedConnection line = line();
        long sent = line.passed(Flow.TO_SERVER);
        line.stall(Flow.TO_CLIENT);
        CompletableFuture<SQLException> commit =
                apart(() -> catchThrowableOfType(SQLException.class, () -> run(second, "COMMIT")));
        line.awaitPassed(Flow.TO_SERVER, sent + 1, Duration.ofSeconds(30));
        long start = System.nanoTime();
        if (cancelled) {
            run("DETACH ms");
        } else {
            second.close();
        }
        SQLException e = commit.get(30, TimeUnit.SECONDS);
        assertThat((Throwable) e).isNotNull();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
        assertThat(e.getSQLState()).isEqualTo("08007");
        second.close();
        assertThat(rows("FROM here")).isEmpty();
    }

    @Test
    @Guarantee(value = "G14", surface = Surface.E)
    void aTimeOutEndsACommitThatTheServerDoesNotAnswer() throws SQLException {
        run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 1, CANCEL_QUERY_TIMEOUT 1)");
        writeBoth(1);
        line().stall(Flow.TO_CLIENT);
        try (Statement statement = duckdb().createStatement()) {
            statement.setQueryTimeout(1);
            SQLException e = catchThrowableOfType(SQLException.class, () -> statement.execute("COMMIT"));
            assertThat(e.getSQLState()).isEqualTo("08007");
        }
        assertThat(rows("FROM here")).isEmpty();
        writeBoth(2);
        run("COMMIT");
        assertThat(rows("FROM here")).containsExactly("2");
    }

    /** The rollback on the server fails, because there is no line; DuckDB's part is rolled back all the same, and the first error stays. */
    @Test
    @Guarantee(value = "G35", surface = Surface.E)
    @Guarantee(value = "G11", surface = Surface.E)
    void whatFailsOnTheWayOutMasksNothing() throws SQLException {
        attachThroughProxy();
        writeBoth(1);
        SQLException first = catchThrowableOfType(
                SQLException.class, () -> run("CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (1)')"));
        assertThat(first.getErrorCode()).isEqualTo(2627);
        line().cut(Ending.RESET);
        assertThatThrownBy(() -> run("COMMIT")).hasRootCause(first);
        run("ROLLBACK");
        assertThat(rows("FROM here")).isEmpty();
        assertThat(onServerRows("SELECT id FROM dbo.t")).isEmpty();
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        writeBoth(2);
        run("COMMIT");
        assertThat(onServerRows("SELECT id FROM dbo.t")).containsExactly("2");
    }
}
