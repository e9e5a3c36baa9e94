package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two write the same row: the second one fails, and its application closes at once, while something of it still runs. Ten thousand rounds
 * with {@code -Psoak}, in every build as many of them as fit into a few seconds.
 */
class ContentionTest extends OnAttachedServer {
    private static final int ROUNDS = 10_000;
    private static final boolean SOAK = Double.parseDouble(System.getProperty("soak.minutes", "2")) >= 10;
    private static final long LIMIT_MILLIS = SOAK ? Long.MAX_VALUE : 15_000;
    private static final String SECOND = "CALL mssql_execute('ms', 'UPDATE dbo.t SET n = n + 1 WHERE id = 1')";

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, n int)", "INSERT INTO dbo.t VALUES (1, 0)");
        attach("ms", ", MAXIMUM_POOL_SIZE 4, LOCK_TIMEOUT 0");
    }

    @Test
    @Timeout(1800)
    @Guarantee(value = "G27", surface = Surface.E)
    void theSecondWriterFailsAndClosesAtOnce() throws Exception {
        run("BEGIN");
        run(SECOND);
        rounds(20);
        int threads = Thread.activeCount();
        long used = used();
        int rounds = rounds(ROUNDS);
        assertThat(rounds).isGreaterThanOrEqualTo(50);
        run("COMMIT");
        assertThat(onServerRows("SELECT n FROM dbo.t")).containsExactly("1");
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Thread.activeCount() > threads && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(used() - used).as("bytes in use after " + rounds + " rounds").isLessThan(32 << 20);
    }

    private int rounds(int most) throws Exception {
        long start = System.nanoTime();
        int round = 0;
        while (round < most && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < LIMIT_MILLIS) {
            round(round++);
        }
        return round;
    }

    private void round(int round) throws Exception {
        EngineConnection second = duckdb().duplicate();
        if (round % 2 == 0) {
            run(second, "BEGIN");
        }
        CompletableFuture<SQLException> running = round % 8 == 3
                ? apart(() -> catchThrowableOfType(
                        SQLException.class, () -> rows(second, "FROM mssql_query('ms', $$" + ENDLESS + "$$)")))
                : null;
        if (running == null) {
            SQLException e = catchThrowableOfType(SQLException.class, () -> run(second, SECOND));
            assertThat(e.getErrorCode()).isEqualTo(1222);
            assertThat((Throwable) e).isInstanceOfAny(SQLTransactionRollbackException.class, SQLTimeoutException.class);
        }
        second.close();
        if (running != null) {
            assertThat((Throwable) running.get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** As an application does it: again, until nobody is in the way. */
    @Test
    @Guarantee(value = "G27", surface = Surface.E)
    void whoeverTriesAgainGetsThrough() throws Exception {
        EngineConnection[] writers = {duckdb().duplicate(), duckdb().duplicate(), duckdb().duplicate()};
        CompletableFuture<?>[] all = new CompletableFuture<?>[writers.length];
        for (int i = 0; i < writers.length; i++) {
            EngineConnection writer = writers[i];
            all[i] = apart(() -> {
                for (int done = 0; done < 20; ) {
                    done += once(writer) ? 1 : 0;
                }
                return true;
            });
        }
        for (CompletableFuture<?> one : all) {
            one.get(100, TimeUnit.SECONDS);
        }
        for (EngineConnection writer : writers) {
            writer.close();
        }
        assertThat(onServerRows("SELECT n FROM dbo.t")).containsExactly("60");
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    private static boolean once(EngineConnection writer) {
        try {
            run(writer, "BEGIN");
            try {
                run(writer, SECOND);
                run(writer, "COMMIT");
                return true;
            } catch (SQLTransactionRollbackException | SQLTimeoutException e) {
                run(writer, "ROLLBACK");
                return false;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
