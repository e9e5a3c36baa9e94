package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Asking the server before a connection is lent. Follows the classes PrePingMockTest, PrePingRealTest and the controls of
 * RealPrePingEventHandlerTest in SQLAlchemy's test/engine/test_reconnect.py; what they do with mock connections is done to real ones here.
 */
class PrePingTest extends OnProxiedServer {
    @Test
    void pingNotOnFirstConnect() throws Exception {
        TidegateDataSource source = pinging(1);
        long login = requestsOfALogin();
        assertThat(someFirstUseIsNotAskedAbout(source, login)).isTrue();
        source.getConnection().close();
        letItRest();
        source.getConnection().close();
        assertThat(endedAfter(source)).isGreaterThan(login);
    }

    @Test
    void pingNotOnReconnect() throws Exception {
        TidegateDataSource source = pinging(1);
        long login = requestsOfALogin();
        source.getConnection().close();
        letItRest();
        source.getConnection().abort(Runnable::run);
        latest().awaitEnded(SOON);
        assertThat(latest().passed(Flow.TO_SERVER)).isGreaterThan(login);
        // The place is the same, what stands in it is new.
        assertThat(someFirstUseIsNotAskedAbout(source, login)).isTrue();
    }

    /** Whoever is slow to take what was opened for him finds it idle for more than a millisecond, and asks all the same. */
    private boolean someFirstUseIsNotAskedAbout(TidegateDataSource source, long login) throws SQLException {
        for (int attempt = 0; attempt < 200; attempt++) {
            source.getConnection().close();
            if (endedAfter(source) == login) {
                return true;
            }
        }
        return false;
    }

    /** Bytes that a connection sends which does nothing but log in. */
    private long requestsOfALogin() throws SQLException {
        TidegateDataSource source = source(1);
        source.getConnection().close();
        return endedAfter(source);
    }

    /** Bytes that the pool's only connection has sent in its life, which ends now. */
    private long endedAfter(TidegateDataSource source) {
        source.pools().get(0).evict();
        latest().awaitEnded(SOON);
        return latest().passed(Flow.TO_SERVER);
    }

    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void connectAcrossRestart() throws Exception {
        TidegateDataSource source = pinging(2);
        Connection stale = source.getConnection();
        Statement before = stale.createStatement();
        stale.close();
        letItRest();
        restart();
        assertServes(source);
        assertThatThrownBy(() -> before.execute("SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    /** There a hook tells the pool that an error of the application's own was a disconnect; here the user tells it, by abort. */
    @Test
    void handleErrorSetsDisconnect() throws Exception {
        TidegateDataSource source = pinging(2);
        try (Connection connection = source.getConnection()) {
            assertThatThrownBy(() -> number(connection, "SELECT 1/0")).isInstanceOf(SQLException.class);
            connection.abort(Runnable::run);
        }
        letItRest();
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.SPOILT, 1L);
    }

    @Test
    void raiseDbIsStopped() throws Exception {
        TidegateDataSource source = pinging(2);
        source.getConnection().close();
        letItRest();
        shutDown();
        assertStopped(source);
    }

    /** A line that has died without a word cannot be told from a quiet one; then the statement meets it, in bounded time. */
    @Guarantee(value = "G14", surface = Surface.P)
    @Test
    void waitsTilExecWoPingDbIsStopped() throws Exception {
        TidegateDataSource source = source(1);
        source.setValidationInterval(600_000);
        source.getConnection().close();
        latest().stall(Flow.TO_CLIENT);
        letItRest();
        try (Connection connection = source.getConnection()) {
            proxy().admit(FaultProxy.Admission.REFUSE);
            connection.setNetworkTimeout(Runnable::run, 100);
            assertLost(() -> number(connection, "SELECT 1"));
        }
        assertStopped(source);
    }

    @Guarantee(value = "G14", surface = Surface.P)
    @Test
    void waitsTilExecWoPingDbIsRestarted() throws Exception {
        TidegateDataSource source = source(1);
        source.setValidationInterval(600_000);
        source.getConnection().close();
        latest().stall(Flow.TO_CLIENT);
        letItRest();
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 100);
            assertLost(() -> number(connection, "SELECT 1"));
        }
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
    }

    /** With the ping the same dead line never reaches a user. */
    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void aHalfOpenLineIsFoundByThePing() throws Exception {
        TidegateDataSource source = pinging(1);
        source.setValidationTimeout(1_000);
        source.getConnection().close();
        latest().stall(Flow.TO_CLIENT);
        letItRest();
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(2);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    @Guarantee(value = "G09", surface = Surface.P)
    @Test
    void prePingWeakrefFinalizer() throws Exception {
        // It is told; here that would be noise.
        Logger log = Logger.getLogger(ConnectionPool.class.getName());
        log.setLevel(Level.OFF);
        try {
            TidegateDataSource source = pinging(1);
            source.getConnection().close();
            letItRest();
            restart();
            forget(source);
            while (statistics(source).active() > 0) {
                System.gc();
                Thread.sleep(10);
            }
            // The old one was closed once, as dead, and the forgotten one once, as forgotten.
            assertThat(statistics(source).closed())
                    .containsEntry(CloseReason.DEAD, 1L)
                    .containsEntry(CloseReason.FORGOTTEN, 1L);
            assertServes(source);
        } finally {
            log.setLevel(null);
        }
    }

    /** Control: a ping that is answered with nonsense. There the caller gets that error; here the pool gives another connection. */
    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void control() throws Exception {
        TidegateDataSource source = pinging(1);
        long opening = answersToALogin();
        // The first byte of the next answer's header: there is no such type of packet.
        proxy().onConnection(2, Fault.corrupt(Flow.TO_CLIENT, opening, 0xFF));
        source.getConnection().close();
        letItRest();
        assertServes(source);
        assertThat(proxy().connections()).hasSize(3);
    }

    /** Control: a ping that meets the end of the line. */
    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void downgradeControl() throws Exception {
        TidegateDataSource source = pinging(1);
        long opening = answersToALogin();
        proxy().onConnection(2, Fault.cut(Flow.TO_CLIENT, opening + 1, Ending.FIN));
        source.getConnection().close();
        letItRest();
        assertServes(source);
        assertThat(proxy().connections()).hasSize(3);
    }

    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void prePingDbIsRestarted() throws Exception {
        TidegateDataSource source = pinging(2);
        Connection stale = source.getConnection();
        assertThat(number(stale, "SELECT 1")).isEqualTo(1);
        stale.close();
        letItRest();
        restart();
        assertServes(source);
        assertLost(stale::createStatement);
    }

    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void prePingDbStaysShutdown() throws Exception {
        TidegateDataSource source = pinging(5);
        source.getConnection().close();
        expect(source, 0, 1);
        letItRest();
        shutDown();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertStopped(source);
        }
        // Its place is free for the first that can be had again.
        await(() -> statistics(source).total() == 0);
        comeBack();
        assertServesAgain(source);
        expect(source, 0, 1);
    }

    private long answersToALogin() throws SQLException {
        requestsOfALogin();
        return latest().passed(Flow.TO_CLIENT);
    }

    private static void forget(TidegateDataSource source) throws SQLException {
        assertThat(number(source.getConnection(), "SELECT 1")).isEqualTo(1);
    }
}
