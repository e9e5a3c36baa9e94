package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 64 threads close one and the same thing at once, in the middle of its work. */
class CloseByManyTest extends OnOneServer {
    private static final int THREADS = 64;

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind();

    @Guarantee("G04")
    @Test
    void aConnection() throws Exception {
        TdsConnection connection = connect();
        Response response = begin(connection);
        closeByMany(connection);
        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> read(response)).isInstanceOf(SQLException.class);
        response.close();
        awaitNoConnection();
    }

    @Guarantee("G04")
    @Test
    void anAnswer() throws Exception {
        try (TdsConnection connection = connect()) {
            for (int round = 0; round < 20; round++) {
                closeByMany(begin(connection));
                assertThat(number(connection, "SELECT " + round)).isEqualTo(round);
            }
        }
    }

    @Guarantee(value = "G04", surface = Surface.P)
    @Test
    void aPool() throws Exception {
        ConnectionPool pool = pool();
        List<TdsConnection> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(pool.acquire());
            begin(users.get(i));
        }
        closeByMany(pool);
        assertThat(users).noneMatch(TdsConnection::isOpen);
        assertThat(pool.statistics().total()).isZero();
        awaitNoConnection();
    }

    @Guarantee(value = "G04", surface = Surface.P)
    @Test
    void aConnectionOfAPool() throws Exception {
        try (ConnectionPool pool = pool()) {
            for (int round = 0; round < 20; round++) {
                TdsConnection user = pool.acquire();
                begin(user);
                closeByMany(user);
                assertThat(pool.statistics().active()).isZero();
                assertThat(pool.statistics().total()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Guarantee(value = "G04", surface = Surface.S)
    @Guarantee(value = "G06", surface = Surface.S)
    @Test
    void aServer() throws Exception {
        List<TdsConnection> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(connect());
            begin(users.get(i));
        }
        users.get(0).close();
        closeByMany(server());
        assertThat(server().connections()).isZero();
        for (TdsConnection user : users) {
            assertThatThrownBy(() -> number(user, "SELECT 1")).isInstanceOf(SQLException.class);
            user.close();
        }
        assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
    }

    private ConnectionPool pool() {
        return new ConnectionPool(
                settings(), PoolSettings.builder().maximumPoolSize(3).build());
    }

    private static Response begin(TdsConnection connection) throws SQLException {
        Response response = connection.execute(ENDLESS);
        assertThat(response.next()).isInstanceOf(Item.Rows.class);
        assertThat(response.nextRow()).isTrue();
        return response;
    }

    private static void closeByMany(AutoCloseable what) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch ready = new CountDownLatch(THREADS);
            List<Future<?>> closers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                closers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    what.close();
                    return null;
                }));
            }
            for (Future<?> closer : closers) {
                closer.get(20, TimeUnit.SECONDS);
            }
            what.close();
        } finally {
            threads.shutdownNow();
        }
    }
}
