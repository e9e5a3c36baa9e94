package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HikariCP does over Tidegate's driver what it does when things go wrong, and Tidegate's pool passes the same tests. */
class TwoPoolsTest extends OnProxiedServer {
    private TwoPools.Opened pool;

    @AfterEach
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    private void open(TwoPools kind, int size) {
        pool = kind.open(url(), USER, PASSWORD, size);
    }

    @ParameterizedTest
    @EnumSource
    void maxLifetimeReplacesAConnection(TwoPools kind) throws Exception {
        open(kind, 1);
        pool.maxLifetime(Duration.ofMillis(100));
        use();
        proxy().awaitConnection(1, SOON).awaitEnded(SOON);
        use();
        assertThat(proxy().connections()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void keepaliveAsksAnIdleConnection(TwoPools kind) throws Exception {
        open(kind, 1);
        pool.keepalive(Duration.ofMillis(200));
        use();
        ProxiedConnection line = latest();
        await(() -> pool.idle() == 1);
        long sent = line.passed(Flow.TO_SERVER);
        // Nobody uses it; what is sent is the pool's.
        line.awaitPassed(Flow.TO_SERVER, sent + 1, SOON);
        use();
        assertThat(proxy().connections()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void keepaliveFindsADeadConnection(TwoPools kind) throws Exception {
        open(kind, 1);
        pool.keepalive(Duration.ofMillis(200));
        use();
        restart();
        await(() -> pool.idle() == 0 && pool.active() == 0);
        use();
        assertThat(proxy().connections()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatDiedWhileIdleIsNotLent(TwoPools kind) throws Exception {
        open(kind, 2);
        use();
        // HikariCP takes what was used half a second ago as it is.
        Thread.sleep(600);
        restart();
        use();
        assertThat(proxy().connections()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatDiesInUseIsEvicted(TwoPools kind) throws Exception {
        open(kind, 1);
        try (Connection connection = pool.source().getConnection()) {
            restart();
            assertLost(() -> number(connection, "SELECT 1"));
        }
        await(() -> pool.idle() == 0 && pool.active() == 0);
        use();
        assertThat(proxy().connections()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfAStatementEvictsNothing(TwoPools kind) throws Exception {
        open(kind, 1);
        try (Connection connection = pool.source().getConnection()) {
            assertThatThrownBy(() -> number(connection, "SELECT 1/0")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> number(connection, "SELECT nothing")).isInstanceOf(SQLException.class);
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
        use();
        assertThat(proxy().connections()).hasSize(1);
    }

    /** Both change it while they check; the user finds what he set, and the next one what the pool set. */
    @ParameterizedTest
    @EnumSource
    void theNetworkTimeoutIsTheUsersOwn(TwoPools kind) throws Exception {
        open(kind, 1);
        for (int round = 0; round < 2; round++) {
            try (Connection connection = pool.source().getConnection()) {
                assertThat(connection.getNetworkTimeout()).isZero();
                connection.setNetworkTimeout(Runnable::run, 5_000);
                assertThat(connection.isValid(5)).isTrue();
                assertThat(connection.getNetworkTimeout()).isEqualTo(5_000);
            }
            Thread.sleep(600);
        }
        assertThat(proxy().connections()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void evictingLeavesWhatIsInUse(TwoPools kind) throws Exception {
        open(kind, 2);
        try (Connection used = pool.source().getConnection()) {
            use();
            pool.evictAll();
            proxy().awaitConnection(2, SOON).awaitEnded(SOON);
            assertThat(number(used, "SELECT 1")).isEqualTo(1);
        }
        proxy().awaitConnection(1, SOON).awaitEnded(SOON);
        use();
        assertThat(proxy().connections()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void whoComesWhileThePoolIsSuspendedWaits(TwoPools kind) throws Exception {
        open(kind, 1);
        use();
        pool.suspend();
        Future<Void> user = threads().submit(() -> {
            use();
            return null;
        });
        Thread.sleep(20);
        assertThat(user.isDone()).isFalse();
        pool.resume();
        user.get();
    }

    @ParameterizedTest
    @EnumSource
    void closingThePoolEndsItsConnections(TwoPools kind) throws Exception {
        open(kind, 2);
        Connection used = pool.source().getConnection();
        use();
        pool.close();
        assertLost(() -> number(used, "SELECT 1"));
        await(() -> server().connections() == 1);
    }

    private void use() throws SQLException {
        try (Connection connection = pool.source().getConnection()) {
            assertThat(number(connection, "SELECT 3")).isEqualTo(3);
        }
    }
}
