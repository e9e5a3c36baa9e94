package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line is cut after every byte of an ATTACH and of a read. */
class CutTest extends OnAttachedServer {
    /** A machine that is too slow for every byte leaves out some, other ones for each direction. */
    private static final long ENOUGH_NANOS = 4_000_000_000L;

    private FaultProxy proxy;

    @BeforeEach
    void fill() throws SQLException, IOException {
        onServer(
                "CREATE TABLE dbo.t (id int, name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (1, N'a'), (2, NULL), (3, N'ccc')");
        proxy = proxy();
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    @Guarantee(value = "G23", surface = Surface.E)
    @Guarantee(value = "G34", surface = Surface.E)
    void anAttachThatIsCutAnywhereLeavesNothing(Flow flow) throws SQLException {
        String attach = "ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql)";
        run(attach);
        run("DETACH cut");
        long length = proxy.connections().get(0).passed(flow);
        eachByte(0, length, after -> {
            proxy.onOthers(Fault.cut(flow, after, Ending.RESET));
            Throwable failure = catchThrowable(() -> run(attach));
            if (failure == null) {
                // What was cut came behind the last answer.
                run("DETACH cut");
            } else {
                assertThat(failure).isInstanceOf(SQLException.class).hasMessageStartingWith("ATTACH cut");
            }
            assertThat(rows("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'cut'"))
                    .containsExactly("0");
        });
        assertThat(rows("FROM mssql_pool_stats()")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("tidegate-pool"));
        assertThat(proxy.connections()).allMatch(ProxiedConnection::isEnded);
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    @Guarantee(value = "G15", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    void aReadThatIsCutAnywhereIsAnErrorAndNeverShort(Flow flow) throws SQLException {
        run("ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql, MAXIMUM_POOL_SIZE 1)");
        long login = proxy.connections().get(0).passed(flow);
        String read = "SELECT id, name FROM cut.dbo.t ORDER BY id";
        List<String> whole = List.of("1|a", "2|null", "3|ccc");
        assertThat(rows(read)).isEqualTo(whole);
        long all = proxy.connections().get(0).passed(flow);
        run("DETACH cut");
        int[] failed = new int[1];
        eachByte(login + 1, all, after -> {
            proxy.onOthers(Fault.cut(flow, after, Ending.RESET));
            run("ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql, MAXIMUM_POOL_SIZE 1)");
            Throwable failure = catchThrowable(() -> assertThat(rows(read)).isEqualTo(whole));
            if (failure != null) {
                assertThat(failure).as("after byte %d", after).isInstanceOf(SQLException.class);
                assertThat(Disconnects.isDisconnect(failure))
                        .as(failure.toString())
                        .isTrue();
                failed[0]++;
            }
            assertThat(rows("SELECT in_use FROM mssql_pool_stats('cut')")).containsExactly("0");
            run("DETACH cut");
        });
        assertThat(failed[0]).isPositive();
    }

    /** The line is gone when the connection is given back: what the server has said before is what the statement says. */
    @Test
    @Guarantee(value = "G35", surface = Surface.E)
    void theServersErrorIsNotHiddenByTheLineThatBreaksAfterIt() throws SQLException {
        String attach = "ATTACH '" + urlThrough(proxy) + "' AS cut (TYPE mssql, MAXIMUM_POOL_SIZE 1)";
        String fails = "FROM mssql_query('cut', 'SELECT 1 / (id - 3) AS x FROM dbo.t')";
        run(attach);
        assertThat(((SQLException) catchThrowable(() -> rows(fails))).getErrorCode())
                .isEqualTo(8134);
        long all = proxy.connections().get(0).passed(Flow.TO_CLIENT);
        run("DETACH cut");
        for (int i = 0; i < 5; i++) {
            proxy.onOthers(Fault.cut(Flow.TO_CLIENT, all, Ending.FIN));
            run(attach);
            assertThat(((SQLException) catchThrowable(() -> rows(fails))).getErrorCode())
                    .isEqualTo(8134);
            assertThat(rows("SELECT in_use FROM mssql_pool_stats('cut')")).containsExactly("0");
            proxy.healed();
            String next = "SELECT count(*) FROM cut.dbo.t";
            Throwable once = catchThrowable(() -> rows(next));
            if (once != null) {
                // The end was still under way when the pool looked at the line, or it did not look again so soon.
                assertThat(Disconnects.isDisconnect(once)).as(once.toString()).isTrue();
            }
            assertThat(rows(next)).containsExactly("3");
            run("DETACH cut");
        }
    }

    private interface Round {
        void cut(long after) throws SQLException;
    }

    private static void eachByte(long from, long to, Round round) throws SQLException {
        long start = System.nanoTime();
        long step = 1;
        for (long after = from; after < to; after += step) {
            round.cut(after);
            long took = System.nanoTime() - start;
            long left = ENOUGH_NANOS - took;
            long each = took / (after - from + 1) + 1;
            // As many more as there is time for, spread over the rest.
            step = left <= 0 ? Math.max(step, (to - after) / 4 + 1) : Math.max(1, (to - after) * each / left);
        }
    }
}
