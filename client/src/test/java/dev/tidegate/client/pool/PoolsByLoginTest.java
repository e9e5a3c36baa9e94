package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** How many pools there are, and which of them go. */
class PoolsByLoginTest extends OnPool {
    @Test
    void theOneThatWasUnusedForLongestMakesRoom() throws Exception {
        try (PoolsByLogin pools = atMost(2)) {
            use(pools, 1);
            use(pools, 2);
            use(pools, 1);
            use(pools, 3);
            assertThat(pools.all())
                    .extracting(ConnectionPool::connectionSettings)
                    .containsExactlyInAnyOrder(login(1), login(3));
            while (server().connections() > 2) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void oneThatIsInUseStaysAndIfAllAreAnotherLoginIsRefused() throws Exception {
        try (PoolsByLogin pools = atMost(2);
                TdsConnection first = pools.acquire(login(1))) {
            use(pools, 2);
            use(pools, 3);
            assertThat(number(first, "SELECT 1")).isEqualTo(1);
            try (TdsConnection third = pools.acquire(login(3))) {
                assertThatThrownBy(() -> pools.acquire(login(4)))
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasMessageContaining("2 (maximumPools)");
                assertThat(number(third, "SELECT 1")).isEqualTo(1);
            }
            use(pools, 4);
            assertThat(number(first, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void oneThatWasAskedForByNameStays() throws Exception {
        try (PoolsByLogin pools = atMost(2)) {
            ConnectionPool kept = pools.of(login(1));
            use(pools, 2);
            use(pools, 3);
            use(pools, 4);
            assertThat(pools.all()).hasSize(2).contains(kept);
            kept.acquire().close();
        }
    }

    @Test
    void oneWithoutConnectionsGoesAfterAWhileAndComesBackWhenItIsNeeded() throws Exception {
        PoolSettings settings =
                PoolSettings.builder().idleTimeout(Duration.ofMillis(1)).build();
        try (PoolsByLogin pools = new PoolsByLogin(settings)) {
            use(pools, 1);
            while (!pools.all().isEmpty()) {
                Thread.sleep(20);
            }
            awaitNoConnections();
            use(pools, 1);
        }
    }

    @Test
    void whileAServerCannotBeReachedThePoolAndItsPauseRemain() throws Exception {
        try (PoolsByLogin pools = atMost(2);
                Socket nobodyListens = new Socket()) {
            nobodyListens.bind(new InetSocketAddress("127.0.0.1", 0));
            ConnectionSettings unreachable = settings("sa", nobodyListens.getLocalPort());
            assertThatThrownBy(() -> pools.acquire(unreachable)).isInstanceOf(SQLException.class);
            List<ConnectionPool> first = pools.all();
            assertThat(first).hasSize(1);
            assertThatThrownBy(() -> pools.acquire(unreachable)).isInstanceOf(SQLException.class);
            assertThat(pools.all()).isEqualTo(first);
            assertThat(first.get(0).statistics().failed()).isEqualTo(2);
        }
    }

    @Test
    void aRefusedLoginKeepsItsPauseAndNobodyElseWaitsForIt() throws Exception {
        try (PoolsByLogin pools = atMost(2)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                expectRefused(pools, "guessed");
            }
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(3 * ConnectBreaker.SHORTEST);
            // The right password has a pool of its own.
            use(pools, 1);
        }
    }

    @Test
    void guessedPasswordsDoNotFillTheMemory() throws Exception {
        try (PoolsByLogin pools = atMost(100)) {
            use(pools, 1);
            for (int i = 0; i < 40; i++) {
                expectRefused(pools, "guess " + i);
                assertThat(pools.all()).hasSizeLessThanOrEqualTo(17);
            }
            assertThat(pools.all())
                    .anySatisfy(pool -> assertThat(pool.connectionSettings()).isEqualTo(login(1)));
        }
    }

    @Test
    void aRefusedLoginMakesRoomFirst() throws Exception {
        try (PoolsByLogin pools = atMost(2)) {
            use(pools, 1);
            expectRefused(pools, "guessed");
            use(pools, 2);
            assertThat(pools.all())
                    .extracting(ConnectionPool::connectionSettings)
                    .containsExactlyInAnyOrder(login(1), login(2));
        }
    }

    private void expectRefused(PoolsByLogin pools, String password) {
        ConnectionSettings wrong = settings("sa", server().port()).toBuilder()
                .set(ConnectionProperty.PASSWORD, password)
                .build();
        assertThatThrownBy(() -> pools.acquire(wrong)).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
    }

    @Test
    void nobodyWhoAsksMeetsAPoolThatIsJustDropped() throws Exception {
        // Six are enough for four users; each of twelve logins is dropped all the time.
        try (PoolsByLogin pools = atMost(6)) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads().submit(() -> {
                    for (int round = 0; round < 60; round++) {
                        use(pools, ThreadLocalRandom.current().nextInt(12));
                        assertThat(pools.all()).hasSizeLessThanOrEqualTo(6);
                    }
                    return null;
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
        }
        assertThat(poolThreads())
                .as("threads, also those of the pools that were dropped")
                .isEmpty();
        awaitNoConnections();
    }

    private static PoolsByLogin atMost(int pools) {
        return new PoolsByLogin(
                PoolSettings.builder().set(PoolProperty.MAXIMUM_POOLS, pools).build());
    }

    /** The same user, but another key: whatever is set of a connection counts. */
    private ConnectionSettings login(int number) {
        return settings("sa", server().port()).toBuilder()
                .set(ConnectionProperty.APPLICATION_NAME, "login " + number)
                .build();
    }

    private void use(PoolsByLogin pools, int login) throws SQLException {
        try (TdsConnection connection = pools.acquire(login(login))) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
    }
}
