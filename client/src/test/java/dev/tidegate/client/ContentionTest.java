package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two writers of one row: the second waits or fails with an error that is worth another attempt, and may be closed right after. */
class ContentionTest extends OnOneServer {
    private static final int ROUNDS = 10_000;
    private static final String WRITE = "BEGIN TRAN; UPDATE items SET n = n + 1 WHERE id = 1";

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private TdsConnection observer;

    @BeforeEach
    void createTable() throws SQLException {
        observer = connect();
        run(
                observer,
                "CREATE TABLE items (id INT NOT NULL PRIMARY KEY, n INT); INSERT INTO items VALUES (1, 0), (2, 0)");
    }

    @AfterEach
    void end() throws InterruptedException {
        observer.close();
        other.shutdownNow();
        assertThat(other.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Timeout(600)
    @Test
    void theSecondFailsAndIsClosedAtOnceTenThousandTimes() throws Exception {
        try (ConnectionPool pool = new ConnectionPool(
                settings(), PoolSettings.builder().maximumPoolSize(2).build())) {
            for (int round = 0; round < ROUNDS; round++) {
                TdsConnection first = pool.acquire();
                TdsConnection second = pool.acquire();
                run(first, WRITE);
                SQLException refused = failing(second, "SET LOCK_TIMEOUT 0; " + WRITE);
                second.close();
                first.close();
                assertThat(refused.getErrorCode()).isEqualTo(1222);
                assertThat(refused.getSQLState()).isEqualTo("HYT00");
                assertThat(Disconnects.isDisconnect(refused)).isFalse();
            }
            assertThat(pool.statistics().created()).isEqualTo(2);
        }
        expectUntouched();
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void theSecondWaitsAndGoesOnOnceTheFirstIsClosed() throws Exception {
        for (int round = 0; round < 20; round++) {
            TdsConnection first = connect();
            run(first, WRITE);
            try (TdsConnection second = connect()) {
                Future<?> waiting = other.submit(() -> {
                    run(second, WRITE + "; COMMIT");
                    return null;
                });
                first.close();
                waiting.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(number(observer, "SELECT n FROM items WHERE id = 1")).isEqualTo(20);
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void aWriterThatWaitsIsClosedAtOnce() throws Exception {
        try (TdsConnection first = connect()) {
            run(first, WRITE);
            for (int round = 0; round < 20; round++) {
                TdsConnection second = connect();
                CountDownLatch begun = new CountDownLatch(1);
                Future<?> waiting = other.submit(() -> {
                    begun.countDown();
                    run(second, WRITE);
                    return null;
                });
                begun.await();
                second.close();
                assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(SQLException.class);
            }
        }
        expectUntouched();
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void oneOfADeadlockIsTheVictimAndBothAreClosedAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            TdsConnection first = connect();
            TdsConnection second = connect();
            run(first, WRITE);
            run(second, "BEGIN TRAN; UPDATE items SET n = n + 1 WHERE id = 2");
            Future<SQLException> ofOther =
                    other.submit(() -> errorOf(second, "UPDATE items SET n = n + 1 WHERE id = 1"));
            SQLException own = errorOf(first, "UPDATE items SET n = n + 1 WHERE id = 2");
            // Whichever was not chosen waits for this.
            if (own != null) {
                first.close();
            }
            SQLException others = ofOther.get(30, TimeUnit.SECONDS);
            SQLException victim = own != null ? own : others;
            first.close();
            second.close();
            assertThat((Throwable) victim).isInstanceOf(SQLTransactionRollbackException.class);
            assertThat(victim.getErrorCode()).isEqualTo(1205);
            assertThat(own == null || others == null).isTrue();
        }
        expectUntouched();
    }

    /** Under SNAPSHOT nobody waits for what has been committed since the transaction began: the second writer has to begin anew. */
    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void theSecondWriterOfASnapshotGetsAnErrorThatIsWorthAnotherAttemptAndIsClosedAtOnce() throws Exception {
        try (ConnectionPool pool = new ConnectionPool(
                settings(), PoolSettings.builder().maximumPoolSize(1).build())) {
            for (int round = 0; round < 20; round++) {
                try (TdsConnection second = pool.acquire()) {
                    second.begin(IsolationLevel.SNAPSHOT);
                    number(second, "SELECT n FROM items WHERE id = 2");
                    run(observer, "UPDATE items SET n = n + 1 WHERE id = 1");
                    SQLException conflict = failing(second, "UPDATE items SET n = n + 10 WHERE id = 1");
                    assertThat(conflict.getErrorCode()).isEqualTo(3960);
                    assertThat(conflict.getSQLState()).isEqualTo("40001");
                    assertThat((Throwable) conflict)
                            .isInstanceOf(SQLTransactionRollbackException.class)
                            .hasMessageContaining("aborted due to update conflict")
                            .hasMessageContaining("'dbo.items'")
                            .hasMessageContaining("'demo'");
                    assertThat(Disconnects.isDisconnect(conflict)).isFalse();
                    assertThat(second.inTransaction()).isFalse();
                }
            }
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
        assertThat(number(observer, "SELECT n FROM items WHERE id = 1")).isEqualTo(20);
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void aSnapshotThatWaitsForAnotherWriterConflictsWithItOnceItHasCommitted() throws Exception {
        try (TdsConnection first = connect();
                TdsConnection second = connect()) {
            run(first, WRITE);
            second.begin(IsolationLevel.SNAPSHOT);
            number(second, "SELECT n FROM items WHERE id = 1");
            Future<SQLException> waiting =
                    other.submit(() -> errorOf(second, "UPDATE items SET n = n + 10 WHERE id = 1"));
            first.commit();
            assertThat(waiting.get(30, TimeUnit.SECONDS).getErrorCode()).isEqualTo(3960);
            assertThat(number(observer, "SELECT n FROM items WHERE id = 1")).isEqualTo(1);
        }
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void aDeadlockOfSnapshotsIsOne() throws Exception {
        try (TdsConnection first = connect();
                TdsConnection second = connect()) {
            for (TdsConnection each : new TdsConnection[] {first, second}) {
                each.begin(IsolationLevel.SNAPSHOT);
                number(each, "SELECT n FROM items WHERE id = 1");
            }
            run(first, "UPDATE items SET n = n + 1 WHERE id = 1");
            run(second, "UPDATE items SET n = n + 1 WHERE id = 2");
            Future<SQLException> ofOther =
                    other.submit(() -> errorOf(second, "UPDATE items SET n = n + 1 WHERE id = 1"));
            SQLException own = errorOf(first, "UPDATE items SET n = n + 1 WHERE id = 2");
            if (own == null) {
                first.rollback();
            }
            SQLException others = ofOther.get(30, TimeUnit.SECONDS);
            assertThat((own != null ? own : others).getErrorCode()).isEqualTo(1205);
            assertThat(own == null || others == null).isTrue();
        }
    }

    /** The locks are free as well, as soon as the server has noticed the last close. */
    private void expectUntouched() throws SQLException {
        run(observer, "UPDATE items SET n = n + 1");
        assertThat(number(observer, "SELECT SUM(n) FROM items")).isEqualTo(2);
    }

    private static SQLException failing(TdsConnection connection, String sql) throws SQLException {
        SQLException error = errorOf(connection, sql);
        if (error == null) {
            throw new AssertionError("two writers have written at a time");
        }
        return error;
    }

    private static SQLException errorOf(TdsConnection connection, String sql) {
        try {
            run(connection, sql);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
