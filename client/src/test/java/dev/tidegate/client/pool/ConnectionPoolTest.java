package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool with real sessions of a real server. */
@Timeout(120)
class ConnectionPoolTest {
    private static final String ISOLATION =
            "SELECT transaction_isolation_level FROM sys.dm_exec_sessions WHERE session_id = @@SPID";

    private static EmbeddedSqlServer server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .database("other")
                .login("sa", "Secret-1")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void theNextUserFindsTheSessionAsAfterTheLogin() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            int spid;
            try (TdsConnection first = pool.acquire()) {
                spid = number(first, "SELECT @@SPID");
                run(first, "USE other");
                run(first, "CREATE TABLE #mine (a int)");
                run(first, "SET LANGUAGE Deutsch");
                run(first, "SET LOCK_TIMEOUT 5");
                run(first, "set transaction Isolation level repeatable read");
                assertThat(number(first, ISOLATION)).isEqualTo(3);
                first.begin(IsolationLevel.SERIALIZABLE);
                run(first, "CREATE TABLE kept (a int)");
            }
            try (TdsConnection second = pool.acquire()) {
                assertThat(number(second, "SELECT @@SPID")).isEqualTo(spid);
                assertThat(second.database()).isEqualTo("demo");
                assertThat(second.language()).isEqualTo("us_english");
                assertThat(second.inTransaction()).isFalse();
                assertThat(number(second, "SELECT @@TRANCOUNT")).isZero();
                assertThat(number(second, "SELECT @@LOCK_TIMEOUT")).isEqualTo(-1);
                assertThat(number(second, ISOLATION)).isEqualTo(2);
                assertThatThrownBy(() -> run(second, "SELECT * FROM #mine")).hasMessageContaining("#mine");
            }
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
    }

    @Test
    @Guarantee(value = "G10", surface = Surface.P)
    void anOpenTransactionIsRolledBackWhenItsConnectionComesBack() throws Exception {
        try (ConnectionPool pool = pool(2);
                TdsConnection other = pool.acquire()) {
            run(other, "CREATE TABLE rolled_back (a int)");
            try (TdsConnection user = pool.acquire()) {
                user.begin(IsolationLevel.READ_COMMITTED);
                run(user, "INSERT rolled_back VALUES (1)");
            }
            // At once, not with the next request of whoever gets that session.
            assertThat(number(other, "SELECT count(*) FROM rolled_back")).isZero();
        }
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void aHalfReadResultIsDroppedWhenItsConnectionComesBack() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            Response response;
            try (TdsConnection user = pool.acquire()) {
                response = user.execute(OnPool.ENDLESS);
                assertThat(response.next()).isInstanceOf(Item.Rows.class);
                assertThat(response.nextRow()).isTrue();
            }
            assertThatThrownBy(response::nextRow)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("closed");
            try (TdsConnection next = pool.acquire()) {
                assertThat(number(next, "SELECT 7")).isEqualTo(7);
            }
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
    }

    @Test
    @Guarantee(value = "G29", surface = Surface.P)
    void aBulkLoadThatWasNeverEndedLeavesNothing() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            try (TdsConnection user = pool.acquire()) {
                run(user, "CREATE TABLE half_loaded (a int)");
                BulkLoad load = user.bulkLoad("half_loaded", BulkLoadOptions.DEFAULTS);
                load.writeRow(1);
            }
            try (TdsConnection next = pool.acquire()) {
                assertThat(number(next, "SELECT count(*) FROM half_loaded")).isZero();
            }
        }
    }

    @Test
    @Guarantee(value = "G07", surface = Surface.P)
    void whatWasGivenBackCannotReachTheNextUser() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            TdsConnection old = pool.acquire();
            old.close();
            old.close();
            try (TdsConnection next = pool.acquire()) {
                assertThat(old.isOpen()).isFalse();
                assertThat(old.isValid(Duration.ofSeconds(5))).isFalse();
                assertThatThrownBy(() -> old.execute("SELECT 1"))
                        .isInstanceOf(SQLNonTransientConnectionException.class)
                        .hasMessageContaining("closed");
                assertThatThrownBy(() -> old.begin(IsolationLevel.CURRENT)).hasMessageContaining("closed");
                assertThatThrownBy(old::commit).hasMessageContaining("closed");
                assertThatThrownBy(() -> old.bulkLoad("t", BulkLoadOptions.DEFAULTS))
                        .hasMessageContaining("closed");
                old.cancel();
                old.close();
                assertThat(number(next, "SELECT 1")).isEqualTo(1);
                assertThat(next.isOpen()).isTrue();
            }
        }
    }

    @Test
    @Guarantee(value = "G07", surface = Surface.P)
    void aUserThatGoesOnAfterGivingBackNeverGetsThroughToTheNextOne() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ConnectionPool pool = pool(1)) {
            for (int round = 0; round < 300; round++) {
                TdsConnection user = pool.acquire();
                CountDownLatch started = new CountDownLatch(1);
                Future<Integer> greedy = threads.submit(() -> {
                    int requests = 0;
                    started.countDown();
                    try {
                        for (; ; ) {
                            run(user, "SELECT 1");
                            requests++;
                        }
                    } catch (SQLException e) {
                        return requests;
                    }
                });
                started.await();
                user.close();
                try (TdsConnection next = pool.acquire()) {
                    assertThat(number(next, "SELECT " + round)).isEqualTo(round);
                    assertThat(number(next, "SELECT 42")).isEqualTo(42);
                }
                greedy.get();
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Guarantee(value = "G20", surface = Surface.P)
    void afterTheServerHasGoneOneRoundOfConnectsIsEnough() throws Exception {
        EmbeddedSqlServer first = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .start();
        int port = first.port();
        try (ConnectionPool pool = new ConnectionPool(
                settings(port), PoolSettings.builder().maximumPoolSize(5).build())) {
            all(pool, 5).forEach(TdsConnection::close);
            first.close();
            assertThatThrownBy(() -> useUntilItFails(pool))
                    .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
            assertThat(pool.statistics().idle()).isZero();
            try (EmbeddedSqlServer again = EmbeddedSqlServer.builder()
                    .port(port)
                    .database("demo")
                    .login("sa", "Secret-1")
                    .start()) {
                TdsConnection connection = acquireEventually(pool);
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                connection.close();
                assertThat(again.port()).isEqualTo(port);
            }
        }
    }

    @Test
    @Guarantee(value = "G06", surface = Surface.P)
    @Guarantee(value = "G05", surface = Surface.P)
    void closingThePoolEndsWhatItsUsersAreDoing() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            ConnectionPool pool = pool(4);
            List<Future<?>> users = new ArrayList<>();
            CountDownLatch running = new CountDownLatch(4);
            for (int i = 0; i < 6; i++) {
                users.add(threads.submit(() -> {
                    try (TdsConnection user = pool.acquire()) {
                        Response response = user.execute(OnPool.ENDLESS);
                        response.next();
                        running.countDown();
                        while (response.nextRow()) {}
                    }
                    return null;
                }));
            }
            running.await();
            pool.close();
            pool.close();
            for (Future<?> user : users) {
                assertThatThrownBy(user::get)
                        .cause()
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("closed");
            }
            assertThat(pool.statistics().total()).isZero();
            assertThatThrownBy(pool::acquire).hasMessageContaining("closed");
            assertThat(OnPool.poolThreads()).isEmpty();
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.P)
    void aForgottenConnectionIsTakenBack() throws Exception {
        // It is told, as another test shows; here that would be noise.
        Logger log = Logger.getLogger(ConnectionPool.class.getName());
        log.setLevel(Level.OFF);
        try (ConnectionPool pool = pool(1)) {
            forget(pool);
            for (TdsConnection found = null; found == null; ) {
                System.gc();
                try {
                    found = pool.acquire(Duration.ofMillis(100));
                    found.close();
                } catch (SQLTimeoutException e) {
                    assertThat(pool.statistics().active()).isLessThanOrEqualTo(1);
                }
            }
            assertThat(pool.statistics().closed()).containsEntry(CloseReason.FORGOTTEN, 1L);
        } finally {
            log.setLevel(null);
        }
    }

    @Test
    @Guarantee(value = "G40", surface = Surface.P)
    @Guarantee(value = "G34", surface = Surface.P)
    void theServersRefusalIsToldAsItIs() throws Exception {
        ConnectionSettings wrong =
                settings(server.port()).toBuilder().login("sa", "wrong").build();
        try (ConnectionPool pool = new ConnectionPool(wrong, PoolSettings.defaults())) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .satisfies(
                            e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(18456));
            assertThat(pool.toString()).doesNotContain("wrong");
        }
    }

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ConnectionPool pool = pool(4)) {
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = i;
                users.add(threads.submit(() -> {
                    try (TdsConnection user = pool.acquire()) {
                        return number(user, "SELECT " + number);
                    }
                }));
            }
            for (int i = 0; i < users.size(); i++) {
                assertThat(users.get(i).get()).isEqualTo(i);
            }
            assertThat(pool.statistics().created()).isLessThanOrEqualTo(4);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The first user may be the one to notice, if it was quick. */
    private static void useUntilItFails(ConnectionPool pool) throws SQLException {
        for (; ; ) {
            try (TdsConnection connection = pool.acquire()) {
                run(connection, "SELECT 1");
            }
        }
    }

    private static void forget(ConnectionPool pool) throws SQLException {
        assertThat(number(pool.acquire(), "SELECT 1")).isEqualTo(1);
    }

    private static TdsConnection acquireEventually(ConnectionPool pool) throws SQLException {
        for (; ; ) {
            try {
                return pool.acquire();
            } catch (SQLNonTransientConnectionException e) {
                // The pause after the failure is not over.
                assertThat(pool.statistics().failed()).isPositive();
            }
        }
    }

    private static List<TdsConnection> all(ConnectionPool pool, int count) throws SQLException {
        List<TdsConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(pool.acquire());
        }
        return connections;
    }

    private static ConnectionPool pool(int size) {
        return new ConnectionPool(
                settings(server.port()),
                PoolSettings.builder().maximumPoolSize(size).build());
    }

    private static ConnectionSettings settings(int port) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    private static int number(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            assertThat(response.next()).isInstanceOf(Item.Rows.class);
            assertThat(response.nextRow()).isTrue();
            int number = (int) response.row().getLong(0);
            response.finish();
            return number;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
