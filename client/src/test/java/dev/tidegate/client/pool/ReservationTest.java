package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A connection that its user may not need. */
class ReservationTest extends OnPool {
    private static final int ROUNDS = 2_000;

    @Test
    void whoNeedsNothingHoldsTheConnectionAllTheSame() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            Reservation reservation = pool.reserve();
            assertThat(reservation.isOpen()).isTrue();
            assertThat(pool.statistics().active()).isEqualTo(1);
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(20))).isInstanceOf(SQLTimeoutException.class);
            reservation.close();
            assertThat(reservation.isOpen()).isFalse();
            assertThat(reservation.isOver()).isTrue();
            assertThat(reservation.connection(null)).isNull();
            reservation.close();
            assertThat(pool.statistics().idle()).isEqualTo(1);
            pool.acquire().close();
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void whatWasDoneWithTheConnectionIsUndoneForTheNextUser() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            Reservation reservation = pool.reserve();
            TdsConnection user = reservation.connection(this);
            assertThat(reservation.connection(this)).isNull();
            run(user, "USE other");
            run(user, "CREATE TABLE #mine (a int)");
            reservation.close();
            assertThat(user.isClosed()).isTrue();
            assertThatThrownBy(() -> run(user, "SELECT 1")).hasMessageContaining("closed");
            try (TdsConnection next = pool.acquire()) {
                run(next, "CREATE TABLE #mine (a int)");
                assertThat(next.database()).isEqualTo("demo");
            }
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
    }

    @Test
    void oneThatIsNotTrustedIsEndedThoughNobodyHasUsedIt() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            Reservation reservation = pool.reserve();
            reservation.discard();
            assertThat(reservation.isOver()).isTrue();
            assertThat(pool.statistics().total()).isZero();
            assertThat(pool.statistics().closed()).containsEntry(CloseReason.SPOILT, 1L);
        }
    }

    @Test
    void thePoolsCloseEndsItThoughNobodyHasUsedIt() throws Exception {
        Reservation reservation;
        try (ConnectionPool pool = pool(1)) {
            reservation = pool.reserve();
        }
        assertThat(reservation.isOver()).isTrue();
        assertThat(reservation.connection(null)).isNull();
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void aFirstUseInTheMomentOfTheCloseDoesNotReachTheNextUser() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            AtomicReference<Reservation> shared = new AtomicReference<>();
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Integer> meddler = threads().submit(() -> {
                int taken = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    start.await();
                    TdsConnection connection = shared.get().connection(null);
                    if (connection != null) {
                        taken++;
                        leaveSomething(connection);
                    }
                    start.await();
                }
                return taken;
            });
            for (int round = 0; round < ROUNDS; round++) {
                shared.set(pool.reserve());
                start.await();
                shared.get().close();
                try (TdsConnection next = pool.acquire()) {
                    // Without what the other has left, whenever that was.
                    run(next, "CREATE TABLE #mine (a int)");
                    assertThat(next.inTransaction()).isFalse();
                }
                start.await();
            }
            assertThat(meddler.get()).isPositive();
            assertThat(pool.statistics().active()).isZero();
        }
    }

    private static void leaveSomething(TdsConnection connection) {
        try {
            run(connection, "BEGIN TRAN; CREATE TABLE #mine (a int)");
        } catch (SQLException e) {
            // It was over before, or meanwhile.
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.P)
    void oneThatIsLostIsTakenBackUnlessItsConnectionIsStillThere() throws Exception {
        // It is told, as another test shows; here that would be noise.
        Logger log = Logger.getLogger(ConnectionPool.class.getName());
        log.setLevel(Level.OFF);
        try (ConnectionPool pool = pool(2)) {
            TdsConnection kept = forgetUserOnly(pool);
            forgetAll(pool);
            while (pool.statistics().closed().getOrDefault(CloseReason.FORGOTTEN, 0L) < 1) {
                System.gc();
                Thread.sleep(20);
            }
            run(kept, "SELECT 1");
            kept.close();
            assertThat(pool.statistics().closed()).containsEntry(CloseReason.FORGOTTEN, 1L);
        } finally {
            log.setLevel(null);
        }
    }

    private static TdsConnection forgetUserOnly(ConnectionPool pool) throws SQLException {
        Object user = new Object();
        Reservation reservation = pool.reserve();
        reservation.lentAs(user);
        return reservation.connection(user);
    }

    private static void forgetAll(ConnectionPool pool) throws SQLException {
        pool.reserve().lentAs(new Object());
    }
}
