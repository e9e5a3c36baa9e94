package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that die in the pool by what happens on the network. */
class PoolDeadConnectionTest extends OnPool {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final PoolSettings.Builder ALWAYS_ASKED = PoolSettings.builder()
            .maximumPoolSize(1)
            .set(PoolProperty.VALIDATION_INTERVAL, 0)
            .set(PoolProperty.VALIDATION_TIMEOUT, 1_000);

    /** The network swallows what is sent, or what is answered; neither side is told. */
    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G19", surface = Surface.P)
    void aHalfOpenConnectionIsNotHandedOut(Flow silent) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(settings("sa", proxy.port()), ALWAYS_ASKED.build())) {
            try (TdsConnection user = pool.acquire()) {
                assertThat(number(user, "SELECT 1")).isEqualTo(1);
            }
            proxy.awaitConnection(1, BOUND).stall(silent);
            // What has been in use in this very moment is not asked.
            Thread.sleep(20);
            try (TdsConnection next = pool.acquire()) {
                assertThat(number(next, "SELECT 2")).isEqualTo(2);
            }
            assertThat(pool.statistics().created()).isEqualTo(2);
            assertThat(pool.statistics().closed()).containsEntry(CloseReason.DEAD, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G19", surface = Surface.P)
    void aConnectionThatTheNetworkHasCutIsNotHandedOut(Ending ending) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(
                        settings("sa", proxy.port()),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            pool.acquire().close();
            ProxiedConnection first = proxy.awaitConnection(1, BOUND);
            first.cut(ending);
            first.awaitEnded(BOUND);
            while (pool.statistics().closed().get(CloseReason.DEAD) == 0) {
                // The news may take its time to this side; the housekeeping finds it as well.
                Thread.sleep(20);
                try (TdsConnection next = pool.acquire()) {
                    assertThat(next.isOpen()).isTrue();
                }
            }
            try (TdsConnection next = pool.acquire()) {
                assertThat(number(next, "SELECT 2")).isEqualTo(2);
            }
            assertThat(pool.statistics().created()).isEqualTo(2);
        }
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aConnectThatHangsKeepsNobodyFromAnotherConnection() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(
                        settings("sa", proxy.port()),
                        PoolSettings.builder().maximumPoolSize(2).build())) {
            TdsConnection first = pool.acquire();
            proxy.admit(FaultProxy.Admission.MUTE);
            var hanging = threads().submit(() -> {
                try (TdsConnection second = pool.acquire()) {
                    return number(second, "SELECT @@SPID");
                }
            });
            proxy.awaitConnection(2, BOUND);
            long spid = number(first, "SELECT @@SPID");
            first.close();
            // The one that hangs is still on its way; what has come back serves who waits for it.
            assertThat(hanging.get()).isEqualTo(spid);
            assertThat(pool.statistics().opening()).isEqualTo(1);
        }
    }
}
