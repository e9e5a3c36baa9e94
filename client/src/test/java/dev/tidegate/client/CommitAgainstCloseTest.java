package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Another thread gives a connection back in the middle of its commit, and the next user's transaction begins at once. */
class CommitAgainstCloseTest extends OnOneServer {
    private static final int ROUNDS = 1_500;

    @Guarantee("G28")
    @Guarantee(value = "G05", surface = Surface.P)
    @Test
    void theOutcomeIsThatOfTheCommitAndNotOfTheNextUsersTransaction() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (TdsConnection direct = connect();
                ConnectionPool pool = new ConnectionPool(
                        settings(), PoolSettings.builder().maximumPoolSize(1).build())) {
            run(direct, "CREATE TABLE t (n INT NOT NULL)");
            int[] seen = new int[2];
            for (int round = 0; round < ROUNDS; round++) {
                Boolean committed = commitAgainstClose(pool, other, round);
                long there = number(direct, "SELECT COUNT(*) FROM t WHERE n = " + round);
                if (committed != null) {
                    assertThat(there).as("round " + round).isEqualTo(committed ? 1 : 0);
                    seen[(int) there]++;
                }
            }
            assertThat(seen[1]).as("rounds in which the commit was confirmed").isPositive();
        } finally {
            other.shutdownNow();
        }
    }

    /** @return what the commit has said; null if it knows nothing */
    private static Boolean commitAgainstClose(ConnectionPool pool, ExecutorService other, int round) throws Exception {
        TdsConnection connection = pool.acquire();
        connection.begin(IsolationLevel.CURRENT);
        run(connection, "INSERT INTO t VALUES (" + round + ")");
        CyclicBarrier start = new CyclicBarrier(2);
        int spins = new Random(round).nextInt(20_000);
        Future<?> next = other.submit(() -> {
            start.await();
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            connection.close();
            try (TdsConnection another = pool.acquire()) {
                another.begin(IsolationLevel.CURRENT);
            }
            return null;
        });
        start.await();
        try {
            connection.commit();
            return true;
        } catch (SQLException e) {
            return SqlStates.OUTCOME_UNKNOWN.equals(e.getSQLState()) ? null : false;
        } finally {
            next.get();
        }
    }
}
