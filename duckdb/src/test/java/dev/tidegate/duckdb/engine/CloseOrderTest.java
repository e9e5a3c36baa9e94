package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections, statements and results are closed in every order, while a statement runs; and an ATTACH meets a close. */
class CloseOrderTest extends OnAttachedServer {
    private static final String SCAN = "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)";

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1), (2)");
    }

    /** Each letter closes one: the engine's other connection, the connection, the running statement, the statement and its result. */
    @ParameterizedTest
    @ValueSource(strings = {"ecsor", "ceros", "rosce", "srcoe", "osrec", "recso", "cs", "sc", "er", "re"})
    @Guarantee(value = "G08", surface = Surface.E)
    void anyOrderWorksWithACallInFlight(String order) throws Exception {
        EngineConnection other = TidegateDuckDB.open("");
        run(other, "ATTACH '" + url() + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 4)");
        EngineConnection connection = other.duplicate();
        Statement open = other.createStatement();
        ResultSet result = open.executeQuery("SELECT id FROM ms.dbo.t");
        Statement running = connection.createStatement();
        CompletableFuture<Throwable> call = apart(() -> catchThrowable(() -> running.executeQuery(SCAN)));
        try (EngineConnection watching = other.duplicate()) {
            while (!rows(watching, "SELECT in_use FROM mssql_pool_stats('ms')").equals(List.of("1"))) {
                assertThat(call.isDone()).isFalse();
                Thread.sleep(5);
            }
        }
        for (char which : order.toCharArray()) {
            AutoCloseable closed = switch (which) {
                case 'e' -> other;
                case 'c' -> connection;
                case 's' -> running;
                case 'o' -> open;
                default -> result;
            };
            closed.close();
        }
        if (order.indexOf('c') < 0 && order.indexOf('s') < 0) {
            assertThat(call.isDone()).as("nobody has closed what runs").isFalse();
        }
        connection.close();
        assertThat(call.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        result.close();
        open.close();
        running.close();
        other.close();
        assertThat(rows("SELECT 42")).containsExactly("42");
        assertThat(poolThreads()).isZero();
    }

    @Test
    @Guarantee(value = "G03", surface = Surface.E)
    void anAttachEitherComesBeforeTheCloseOrFails() throws Exception {
        for (int round = 0; round < 12; round++) {
            EngineConnection connection = TidegateDuckDB.open("");
            CountDownLatch start = new CountDownLatch(1);
            CompletableFuture<Throwable> attach = apart(() -> catchThrowable(() -> {
                start.await();
                run(connection, "ATTACH '" + url() + "' AS ms (TYPE mssql)");
            }));
            start.countDown();
            if (round % 3 != 0) {
                TimeUnit.MICROSECONDS.sleep(round * 1_000L);
            }
            connection.close();
            Throwable failure = attach.get(60, TimeUnit.SECONDS);
            assertThat(failure == null || failure instanceof SQLException)
                    .as(String.valueOf(failure))
                    .isTrue();
            assertThat(poolThreads()).as("no pool outlives its engine").isZero();
        }
    }

    private static long poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("tidegate-pool"))
                .count();
    }
}
