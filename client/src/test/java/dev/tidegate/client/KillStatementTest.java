package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Sessions that another one ends by KILL. */
class KillStatementTest extends OnOneServer {
    private TdsConnection victim() throws SQLException {
        return TdsConnection.open(withoutReconnect());
    }

    private ConnectionSettings withoutReconnect() {
        return settings().toBuilder()
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0")
                .build();
    }

    private static void kill(TdsConnection admin, long session) throws SQLException {
        run(admin, "KILL " + session);
    }

    @Guarantee("G22")
    @Test
    void aKilledSessionThatRunsAQueryHasADisconnect() throws Exception {
        try (TdsConnection admin = connect();
                TdsConnection victim = victim()) {
            long id = number(victim, "SELECT @@SPID");
            FutureTask<Long> query = new FutureTask<>(() -> number(victim, SILENT));
            new Thread(query, "runs a query").start();
            while (victim.session().state().phase() != Phase.EXECUTING) {
                Thread.sleep(1);
            }
            kill(admin, id);
            assertThatThrownBy(query::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
            assertThat(victim.isOpen()).isFalse();
        }
    }

    @Guarantee("G10")
    @Guarantee(value = "G10", surface = Surface.S)
    @Test
    void theTransactionOfAKilledSessionIsRolledBack() throws Exception {
        try (TdsConnection admin = connect();
                TdsConnection victim = victim()) {
            run(admin, "CREATE TABLE t (a INT PRIMARY KEY)");
            victim.begin(IsolationLevel.READ_COMMITTED);
            run(victim, "INSERT t VALUES (1)");
            kill(admin, number(victim, "SELECT @@SPID"));
            while (server().connections() > 1) {
                Thread.sleep(1);
            }
            assertThat(number(admin, "SELECT COUNT(*) FROM t")).isZero();
            assertThatThrownBy(() -> run(victim, "INSERT t VALUES (2)")).isInstanceOf(SQLException.class);
            assertThat(victim.hasLostTransaction()).isTrue();
            // It would wait for the other's row, or meet it, if that were still there.
            run(admin, "INSERT t VALUES (1)");
            assertThat(number(admin, "SELECT COUNT(*) FROM t")).isEqualTo(1);
        }
    }

    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void aKilledIdleSessionIsNotHandedOut() throws Exception {
        try (TdsConnection admin = connect();
                ConnectionPool pool = new ConnectionPool(
                        withoutReconnect(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            long id;
            try (TdsConnection user = pool.acquire()) {
                id = number(user, "SELECT @@SPID");
            }
            kill(admin, id);
            while (server().connections() > 1) {
                Thread.sleep(1);
            }
            // What was in use a moment ago is not looked at.
            Thread.sleep(5);
            try (TdsConnection user = pool.acquire()) {
                assertThat(number(user, "SELECT 1")).isEqualTo(1);
            }
            assertThat(pool.statistics().created()).isEqualTo(2);
        }
    }

    @Test
    void oneThatIsNotThereAndTheOwnAreRefused() throws Exception {
        try (TdsConnection admin = connect()) {
            long own = number(admin, "SELECT @@SPID");
            assertThatThrownBy(() -> kill(admin, own))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(DatabaseError.of(e)
                                            .orElseThrow()
                                            .serverMessage()
                                            .number())
                                    .isEqualTo(6104));
            assertThatThrownBy(() -> kill(admin, own + 1))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(6106));
            assertThat(number(admin, "SELECT 1")).isEqualTo(1);
        }
    }
}
