package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The pool's book-keeping, by one user at a time. Follows the class QueuePoolTest of SQLAlchemy's test/engine/test_pool.py; its overflow, the
 * connections beyond the pool's size, is here the part of the pool that closes when it is idle.
 */
class QueuePoolTest extends OnProxiedServer {
    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void queuepoolClose() throws Exception {
        TidegateDataSource source = source(6);
        List<Connection> users = take(source, 6);
        expect(source, 6, 0);
        for (int i = 1; i < 4; i++) {
            users.get(i).close();
            users.get(i).close();
        }
        expect(source, 3, 3);
        for (int i : new int[] {0, 4, 5}) {
            users.get(i).close();
        }
        expect(source, 0, 6);
        users = take(source, 2);
        expect(source, 2, 4);
        users.get(1).close();
        expect(source, 1, 5);
        users.get(0).close();
        assertThat(statistics(source).created()).isEqualTo(6);
        assertThat(server().connections()).isEqualTo(7);
    }

    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void timeout() throws Exception {
        TidegateDataSource source = source(3);
        source.setConnectionTimeout(200);
        List<Connection> users = take(source, 3);
        long begun = System.nanoTime();
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("within 0.2 s (connectionTimeout): 3 of 3 are in use");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(200), SOON);
        expect(source, 3, 0);
        users.get(0).close();
        assertServes(source);
    }

    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void timeoutSubsecondPrecision() throws Exception {
        TidegateDataSource source = source(1);
        source.setConnectionTimeout(1);
        try (Connection only = acquire(source)) {
            long begun = System.nanoTime();
            assertThatThrownBy(source::getConnection).hasMessageContaining("within 0.001 s");
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(1_000_000);
            assertThat(only.isClosed()).isFalse();
        }
    }

    @Guarantee(value = "G34", surface = Surface.P)
    @Test
    void overflowResetOnFailedConnect() throws Exception {
        TidegateDataSource source = source(5);
        source.setConnectionTimeout(100);
        List<Connection> users = take(source, 3);
        proxy().admit(FaultProxy.Admission.REFUSE);
        String why = "";
        while (!why.contains("the last attempt to connect failed")) {
            why = catchThrowableOfType(SQLTimeoutException.class, source::getConnection)
                    .getMessage();
        }
        assertThat(why).contains("3 of 5 are in use").containsAnyOf("refused", "reset");
        await(() -> statistics(source).opening() == 0);
        expect(source, 3, 0);
        assertThat(number(users.get(2), "SELECT 1")).isEqualTo(1);
    }

    /** There disposing leaves what is in use alone, and takes it back later; so does evict here, but for taking it back. */
    @Test
    void disposeClosesPooled() throws Exception {
        TidegateDataSource source = source(2);
        Connection idle = source.getConnection();
        Connection used = source.getConnection();
        idle.close();
        source.pools().get(0).evict();
        expect(source, 1, 0);
        assertThat(number(used, "SELECT 1")).isEqualTo(1);
        used.close();
        expect(source, 0, 0);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.EVICTED, 2L);
        assertServes(source);
    }

    @Test
    void overflowNoGc() throws Exception {
        TidegateDataSource source = source(4);
        source.setMinimumIdle(2);
        source.setIdleTimeout(1);
        for (int round = 0; round < 3; round++) {
            for (Connection user : take(source, 4)) {
                user.close();
            }
        }
        // Two stay ready; with the connection of the test itself the server sees three.
        await(() -> statistics(source).closed().get(CloseReason.IDLE) >= 2 && server().connections() == 3);
        expect(source, 0, 2);
        assertServes(source);
    }

    @Guarantee(value = "G24", surface = Surface.P)
    @Test
    void recycle() throws Exception {
        TidegateDataSource source = source(1);
        source.setMaxLifetime(1);
        for (int user = 1; user <= 3; user++) {
            assertServes(source);
            letItRest();
        }
        // More if one is too old before it has reached its user.
        assertThat(statistics(source).created()).isGreaterThanOrEqualTo(3);
        assertThat(statistics(source).closed().get(CloseReason.LIFETIME)).isGreaterThanOrEqualTo(2);
        TidegateDataSource everlasting = source(1);
        everlasting.setMaxLifetime(0);
        for (int user = 1; user <= 3; user++) {
            assertServes(everlasting);
            letItRest();
        }
        assertThat(statistics(everlasting).created()).isEqualTo(1);
    }

    @Test
    void recycleOnInvalidate() throws Exception {
        TidegateDataSource source = source(1);
        assertServes(source);
        Connection connection = source.getConnection();
        connection.abort(Runnable::run);
        connection.close();
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
        proxy().awaitConnection(1, SOON).awaitEnded(SOON);
    }

    @Test
    void recycleOnSoftInvalidate() throws Exception {
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            source.pools().get(0).evict();
            // Its user may finish.
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            assertThat(connection.isClosed()).isFalse();
        }
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.EVICTED, 1L);
    }

    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void errorOnPooledReconnectCleanupInvalidate() throws Exception {
        TidegateDataSource source = source(3);
        Connection connection = source.getConnection();
        connection.abort(Runnable::run);
        assertCleanUp(source);
    }

    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void errorOnPooledReconnectCleanupRecycle() throws Exception {
        TidegateDataSource source = source(3);
        source.setMaxLifetime(1);
        source.getConnection().close();
        letItRest();
        assertCleanUp(source);
    }

    /** There the application finds it unfit when it is taken out; here the ping does. */
    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void errorOnPooledReconnectCleanupWcheckoutEvent() throws Exception {
        TidegateDataSource source = pinging(3);
        source.getConnection().close();
        letItRest();
        restart();
        assertCleanUp(source);
    }

    /** There a handler sees each new connection once; here setting up is what happens once to each. */
    @Test
    void connectHandlerNotCalledForRecycled() throws Exception {
        TidegateDataSource source = source(2);
        source.setLockTimeout(5000);
        List<Connection> users = take(source, 2);
        users.get(0).close();
        shutDown();
        assertLost(() -> number(users.get(1), "SELECT 1"));
        users.get(1).close();
        assertStopped(source);
        comeBack();
        assertServesAgain(source);
        assertThat(statistics(source).created()).isEqualTo(3);
        try (Connection connection = source.getConnection()) {
            assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(5000);
        }
    }

    @Guarantee(value = "G16", surface = Surface.P)
    @Test
    void connectCheckoutHandlerAlwaysGetsInfo() throws Exception {
        TidegateDataSource source = pinging(1);
        source.setLockTimeout(5000);
        for (int round = 0; round < 4; round++) {
            try (Connection connection = source.getConnection()) {
                assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(5000);
                execute(connection, "SET LOCK_TIMEOUT 7");
            }
            letItRest();
            if (round % 2 == 0) {
                restart();
            }
        }
    }

    @Test
    void invalidate() throws Exception {
        TidegateDataSource source = source(1);
        assertServes(source);
        Connection connection = source.getConnection();
        assertThat(statistics(source).created()).isEqualTo(1);
        connection.abort(Runnable::run);
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
    }

    @Test
    void reconnect() throws Exception {
        TidegateDataSource source = source(1);
        assertServes(source);
        try (Connection connection = source.getConnection()) {
            restart();
            connection.abort(Runnable::run);
        }
        assertServes(source);
        assertThat(proxy().connections()).hasSize(2);
    }

    @Test
    void detachViaInvalidate() throws Exception {
        TidegateDataSource source = source(1);
        Connection first = source.getConnection();
        first.abort(Runnable::run);
        latest().awaitEnded(SOON);
        Connection second = source.getConnection();
        second.close();
        first.close();
        assertThat(latest().isEnded()).isFalse();
        expect(source, 0, 1);
    }

    @Guarantee(value = "G04", surface = Surface.P)
    @Test
    void noDoubleCheckin() throws Exception {
        TidegateDataSource source = source(2);
        Connection first = source.getConnection();
        first.close();
        Connection second = source.getConnection();
        // It has gone back before; the same place is another's now.
        first.close();
        first.abort(Runnable::run);
        expect(source, 1, 0);
        Connection third = source.getConnection();
        expect(source, 2, 0);
        assertThat(number(second, "SELECT @@SPID")).isNotEqualTo(number(third, "SELECT @@SPID"));
        second.close();
        third.close();
        expect(source, 0, 2);
    }

    /** The same few are used again, so that what is not needed ages and closes. */
    @Test
    void lifo() throws Exception {
        TidegateDataSource source = source(3);
        List<Connection> users = take(source, 3);
        int busiest = number(users.get(0), "SELECT @@SPID");
        for (Connection user : users) {
            user.close();
        }
        for (int round = 0; round < 5; round++) {
            try (Connection connection = source.getConnection()) {
                assertThat(number(connection, "SELECT @@SPID")).isEqualTo(busiest);
            }
        }
    }

    /** No place is lost to an attempt to connect that fails: afterwards there are as many connections as before. */
    private void assertCleanUp(TidegateDataSource source) throws Exception {
        await(() -> statistics(source).active() == 0);
        shutDown();
        assertStopped(source);
        await(() -> statistics(source).total() == 0);
        comeBack();
        assertServesAgain(source);
        List<Connection> users = take(source, 3);
        expect(source, 3, 0);
        for (Connection user : users) {
            assertThat(number(user, "SELECT 1")).isEqualTo(1);
            user.close();
        }
    }

    private static Connection acquire(TidegateDataSource source) throws SQLException {
        for (; ; ) {
            try {
                return source.getConnection();
            } catch (SQLTimeoutException e) {
                // To open one may take longer than this data source's users wait.
                assertThat(e.getMessage()).contains("connectionTimeout");
            }
        }
    }

    private static List<Connection> take(TidegateDataSource source, int count) throws SQLException {
        List<Connection> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(acquire(source));
        }
        return users;
    }
}
