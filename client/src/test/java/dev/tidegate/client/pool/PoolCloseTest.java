package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool that is closed at any moment: its users get an error in bounded time, and nothing is left. */
class PoolCloseTest extends OnPool {
    /** Far more than {@code closeTimeout} and the pool's second: only a close that hangs takes longer. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileItConnects() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port())) {
            proxy.admit(FaultProxy.Admission.MUTE);
            ConnectionPool pool = new ConnectionPool(settings("sa", proxy.port()), PoolSettings.defaults());
            Future<?> user = threads().submit(() -> pool.acquire());
            proxy.awaitConnection(1, BOUND);
            closeWhile(pool, user);
        }
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileItLogsIn() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port())) {
            proxy.onOthers(Fault.stall(Flow.TO_CLIENT, 60));
            ConnectionPool pool = new ConnectionPool(settings("sa", proxy.port()), PoolSettings.defaults());
            Future<?> user = threads().submit(() -> pool.acquire());
            proxy.awaitConnection(1, BOUND).awaitStalled(Flow.TO_CLIENT, BOUND);
            closeWhile(pool, user);
        }
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileAUserWaitsForTheFirstByte() throws Exception {
        ConnectionPool pool = pool(1);
        CountDownLatch sent = new CountDownLatch(1);
        Future<?> user = threads().submit(() -> {
            try (TdsConnection connection = pool.acquire();
                    Response response = connection.execute("WAITFOR DELAY '00:10:00'")) {
                sent.countDown();
                response.finish();
            }
            return null;
        });
        sent.await();
        closeWhile(pool, user);
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileAUserReads() throws Exception {
        ConnectionPool pool = pool(1);
        CountDownLatch reading = new CountDownLatch(1);
        Future<?> user = threads().submit(() -> {
            try (TdsConnection connection = pool.acquire();
                    Response response = rows(connection, ENDLESS)) {
                while (response.nextRow()) {
                    reading.countDown();
                }
            }
            return null;
        });
        reading.await();
        closeWhile(pool, user);
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void fromTheThreadThatReads() throws Exception {
        ConnectionPool pool = pool(1);
        TdsConnection connection = pool.acquire();
        Response response = rows(connection, ENDLESS);
        assertThat(response.nextRow()).isTrue();
        pool.close();
        assertThatThrownBy(() -> {
                    while (response.nextRow()) {}
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        response.close();
        connection.close();
        assertEnded(pool);
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileAUserLoads() throws Exception {
        ConnectionPool pool = pool(1);
        CountDownLatch loading = new CountDownLatch(1);
        Future<?> user = threads().submit(() -> {
            try (TdsConnection connection = pool.acquire()) {
                run(connection, "CREATE TABLE loaded (a int)");
                try (BulkLoad load = connection.bulkLoad("loaded", BulkLoadOptions.DEFAULTS)) {
                    for (int i = 0; ; i++) {
                        load.writeRow(i);
                        if (i == 1_000) {
                            loading.countDown();
                        }
                    }
                }
            }
        });
        loading.await();
        closeWhile(pool, user);
        try (ConnectionPool another = pool(1);
                TdsConnection connection = another.acquire()) {
            assertThat(number(connection, "SELECT COUNT(*) FROM loaded")).isZero();
        }
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void whileAUserCommits() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port())) {
            ConnectionPool pool = new ConnectionPool(settings("sa", proxy.port()), PoolSettings.defaults());
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch stalled = new CountDownLatch(1);
            Future<?> user = threads().submit(() -> {
                try (TdsConnection connection = pool.acquire()) {
                    connection.begin(IsolationLevel.CURRENT);
                    run(connection, "CREATE TABLE committed (a int)");
                    begun.countDown();
                    stalled.await();
                    connection.commit();
                }
                return null;
            });
            begun.await();
            long before = proxy.awaitConnection(1, BOUND).passed(Flow.TO_SERVER);
            proxy.awaitConnection(1, BOUND).stall(Flow.TO_CLIENT);
            stalled.countDown();
            proxy.awaitConnection(1, BOUND).awaitPassed(Flow.TO_SERVER, before + 1, BOUND);
            pool.close();
            assertThatThrownBy(() -> user.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"));
            assertEnded(pool);
        }
    }

    /** The pool, a connection and its answer are closed in this order. */
    @ParameterizedTest
    @ValueSource(strings = {"PCR", "PRC", "CPR", "CRP", "RPC", "RCP"})
    @Guarantee(value = "G06", surface = Surface.P)
    void inAnyOrderWithItsConnections(String order) throws Exception {
        for (String sql : List.of("SELECT 1", ENDLESS)) {
            ConnectionPool pool = pool(2);
            TdsConnection connection = pool.acquire();
            Response response = rows(connection, sql);
            for (char which : order.toCharArray()) {
                switch (which) {
                    case 'P' -> pool.close();
                    case 'C' -> connection.close();
                    default -> response.close();
                }
            }
            assertEnded(pool);
            awaitNoConnections();
        }
    }

    @Test
    @Guarantee(value = "G06", surface = Surface.P)
    void underLoad() throws Exception {
        for (int round = 0; round < 10; round++) {
            ConnectionPool pool = pool(4);
            CountDownLatch busy = new CountDownLatch(40);
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                users.add(threads().submit((Callable<Void>) () -> {
                    for (; ; ) {
                        try (TdsConnection connection = pool.acquire()) {
                            number(connection, "SELECT 1");
                            busy.countDown();
                        }
                    }
                }));
            }
            busy.await();
            pool.close();
            for (Future<?> user : users) {
                assertThatThrownBy(() -> user.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("closed");
            }
            assertEnded(pool);
        }
    }

    @Test
    @Guarantee(value = "G03", surface = Surface.P)
    void ofAnAcquireAndACloseOneWins() throws Exception {
        for (int round = 0; round < 100; round++) {
            FakeOpener opener = new FakeOpener();
            opener.closesUnderUsers = true;
            Pool<FakeMember> pool =
                    new Pool<>("test", PoolSettings.builder().maximumPoolSize(4).build(), opener, System::nanoTime);
            if (round % 2 == 0) {
                pool.release(pool.acquire(BOUND));
            }
            CyclicBarrier start = new CyclicBarrier(5);
            List<Future<Lease<FakeMember>>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads().submit(() -> {
                    start.await();
                    return pool.acquire(BOUND);
                }));
            }
            start.await();
            pool.close(Deadline.after(BOUND, "test"));
            for (Future<Lease<FakeMember>> user : users) {
                try {
                    Lease<FakeMember> lease = user.get();
                    assertThat(lease.isOver())
                            .as("taken from its user by the close")
                            .isTrue();
                    assertThat(lease.member().isClosed()).isTrue();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(SQLException.class).hasMessageContaining("closed");
                }
            }
            assertThat(opener.open()).isZero();
            assertThat(pool.statistics().total()).isZero();
            assertThat(pool.statistics().waiting()).isZero();
        }
    }

    private void closeWhile(ConnectionPool pool, Future<?> user) {
        pool.close();
        assertThatThrownBy(() -> user.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        assertEnded(pool);
    }

    private static void assertEnded(ConnectionPool pool) {
        assertThat(pool.statistics().total()).isZero();
        assertThat(pool.statistics().waiting()).isZero();
        assertThatThrownBy(pool::acquire)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    }
}
