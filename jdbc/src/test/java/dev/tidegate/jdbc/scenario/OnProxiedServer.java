package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.jdbc.OnEmbeddedServer;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.ProxiedConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server behind a proxy, through which all but {@link #connection()} goes: what a database does to its clients is done here. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OnProxiedServer extends OnEmbeddedServer {
    static final Duration SOON = Duration.ofSeconds(20);

    private final List<TidegateDataSource> sources = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultProxy proxy;

    @BeforeEach
    final void startProxy() throws IOException {
        proxy = FaultProxy.to(server().port());
    }

    @AfterEach
    final void stopProxy() throws Exception {
        sources.forEach(TidegateDataSource::close);
        proxy.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    final FaultProxy proxy() {
        return proxy;
    }

    /** Ended after the test; all its tasks must have ended by then. */
    final ExecutorService threads() {
        return threads;
    }

    /** Connections that recovered by themselves would hide what becomes of them. */
    final String url() {
        return server().url().replace(":" + server().port(), ":" + proxy.port()) + ";encrypt=false;connectRetryCount=0";
    }

    /** Not of a pool. */
    final Connection open() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    /** A pool, closed after the test. */
    final TidegateDataSource source(int size) {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(url());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(size);
        sources.add(source);
        return source;
    }

    /** A pool that asks the server before it lends a connection, unless that was in use in the last millisecond. */
    final TidegateDataSource pinging(int size) {
        TidegateDataSource source = source(size);
        source.setValidationInterval(0);
        return source;
    }

    static PoolStatistics statistics(TidegateDataSource source) {
        return source.pools().get(0).statistics();
    }

    /** As a server that goes down and comes up again at once: every connection ends. */
    final void restart() throws IOException {
        proxy.restart();
    }

    /** As a server that goes down and stays there. */
    final void shutDown() throws IOException {
        proxy.admit(FaultProxy.Admission.REFUSE);
        proxy.connections().forEach(connection -> connection.cut(Ending.RESET));
    }

    final void comeBack() throws IOException {
        proxy.admit(FaultProxy.Admission.PASS);
    }

    /** The newest one, which need not be open any more. */
    final ProxiedConnection latest() {
        return proxy.connections().get(proxy.connections().size() - 1);
    }

    /** So long that the pool does not take a connection for just used; more does not matter. */
    static void letItRest() throws InterruptedException {
        Thread.sleep(3);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The call fails, and says that the connection is gone. */
    static SQLException assertLost(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(SQLException.class).matches(Disconnects::isDisconnect, "is a disconnect");
        return (SQLException) thrown;
    }

    /** The server is down, and the pool says so as it has heard it. */
    final void assertStopped(TidegateDataSource source) {
        assertStopped(assertLost(source::getConnection));
    }

    /** Refused, or reset where the listener was closed just then. */
    private void assertStopped(SQLException e) {
        assertThat(e.getClass()).isEqualTo(SQLNonTransientConnectionException.class);
        assertThat(e.getMessage()).contains("127.0.0.1:" + proxy.port()).containsAnyOf("refused", "reset");
    }

    /** After a failed attempt to connect the pool pauses, and says why; then it serves again. */
    final void assertServesAgain(TidegateDataSource source) throws SQLException {
        for (; ; ) {
            try {
                assertServes(source);
                return;
            } catch (SQLNonTransientConnectionException e) {
                assertStopped(e);
            }
        }
    }

    /** Waits for these numbers: for a moment the pool's housekeeping takes an idle connection to look at it. */
    static void expect(TidegateDataSource source, int active, int idle) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        List<Integer> now = null;
        do {
            PoolStatistics statistics = statistics(source);
            now = List.of(statistics.active(), statistics.idle());
            Thread.sleep(1);
        } while (!now.equals(List.of(active, idle)) && System.nanoTime() < deadline);
        assertThat(now).as("active, idle").containsExactly(active, idle);
    }

    /** One connection of the pool can be had and works. */
    static void assertServes(TidegateDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThat(number(connection, "SELECT 5")).isEqualTo(5);
        }
    }
}
