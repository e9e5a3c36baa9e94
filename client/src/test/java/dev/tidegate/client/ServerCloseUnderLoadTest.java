package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with its data in files that is closed while every connection is at work, before, after, and together with them. */
@Timeout(180)
class ServerCloseUnderLoadTest {
    private static final int USERS = 12;
    /** Far over what anybody needs; a close that waited for a query would take hours. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind().within(SOON);

    private enum Order {
        SERVER_ALONE,
        SERVER_THEN_CONNECTIONS,
        CONNECTIONS_THEN_SERVER,
        SERVER_AMID_CONNECTIONS,
        ALL_AT_ONCE
    }

    @Guarantee(value = "G06", surface = Surface.S)
    @Guarantee(value = "G04", surface = Surface.S)
    @ParameterizedTest
    @EnumSource(Order.class)
    void everyoneIsToldAndWhatWasConfirmedIsThere(Order order) throws Exception {
        AtomicInteger confirmed = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        EmbeddedSqlServer server = start();
        try (ConnectionPool pool = new ConnectionPool(
                settings(server), PoolSettings.builder().maximumPoolSize(USERS).build())) {
            try (TdsConnection first = pool.acquire()) {
                OnOneServer.run(first, "CREATE TABLE t (n INT NOT NULL)");
            }
            List<TdsConnection> connections = new ArrayList<>();
            CountDownLatch busy = new CountDownLatch(USERS);
            List<Throwable> ends = new ArrayList<>();
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                TdsConnection connection = i % 2 == 0 ? pool.acquire() : TdsConnection.open(settings(server));
                connections.add(connection);
                int kind = i % 4;
                users.add(new Thread(() -> {
                    Throwable end = catchThrowable(() -> work(kind, connection, busy, confirmed, unknown));
                    synchronized (ends) {
                        ends.add(end);
                    }
                }));
            }
            users.forEach(Thread::start);
            busy.await();
            long before = System.nanoTime();
            close(order, server, connections);
            for (Thread user : users) {
                user.join(SOON.toMillis());
                assertThat(user.isAlive())
                        .as("a user of a closed server still works")
                        .isFalse();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            assertThat(server.connections()).isZero();
            assertThat(ends).hasSize(USERS).allSatisfy(ServerCloseUnderLoadTest::isTold);
            connections.forEach(TdsConnection::close);
        }
        checkData(confirmed.get(), unknown.get());
    }

    private static void work(
            int kind, TdsConnection connection, CountDownLatch busy, AtomicInteger confirmed, AtomicInteger unknown)
            throws SQLException {
        switch (kind) {
            case 0 -> {
                Response response = connection.execute(OnOneServer.ENDLESS);
                response.next();
                while (response.nextRow()) {
                    busy.countDown();
                }
            }
            case 1 -> {
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
                busy.countDown();
                while (true) {
                    load.writeRow(-1);
                }
            }
            case 2 -> {
                connection.begin(IsolationLevel.CURRENT);
                OnOneServer.run(connection, "INSERT INTO t VALUES (-1)");
                busy.countDown();
                while (true) {
                    OnOneServer.run(connection, "SELECT 1");
                }
            }
            default -> commitUntilClosed(connection, busy, confirmed, unknown);
        }
    }

    private static void commitUntilClosed(
            TdsConnection connection, CountDownLatch busy, AtomicInteger confirmed, AtomicInteger unknown)
            throws SQLException {
        while (true) {
            connection.begin(IsolationLevel.CURRENT);
            OnOneServer.run(connection, "INSERT INTO t VALUES (1)");
            busy.countDown();
            try {
                connection.commit();
            } catch (SQLException e) {
                if (SqlStates.OUTCOME_UNKNOWN.equals(e.getSQLState())) {
                    unknown.incrementAndGet();
                }
                throw e;
            }
            confirmed.incrementAndGet();
        }
    }

    private static void close(Order order, EmbeddedSqlServer server, List<TdsConnection> connections)
            throws InterruptedException {
        List<Runnable> all = new ArrayList<>();
        connections.forEach(connection -> all.add(connection::close));
        switch (order) {
            case SERVER_ALONE -> server.close();
            case SERVER_THEN_CONNECTIONS -> {
                server.close();
                all.forEach(Runnable::run);
            }
            case CONNECTIONS_THEN_SERVER -> {
                all.forEach(Runnable::run);
                server.close();
            }
            case SERVER_AMID_CONNECTIONS -> {
                all.add(all.size() / 2, server::close);
                all.forEach(Runnable::run);
            }
            case ALL_AT_ONCE -> {
                for (int i = 0; i < 4; i++) {
                    all.add(server::close);
                }
                List<Thread> closers = all.stream().map(Thread::new).toList();
                closers.forEach(Thread::start);
                for (Thread closer : closers) {
                    closer.join();
                }
            }
        }
    }

    /** By the end of the line, or by whoever has given the connection back to its pool. */
    private static void isTold(Throwable end) {
        assertThat(end).isInstanceOf(SQLException.class);
        boolean byThePool = SqlStates.WRONG_ORDER.equals(((SQLException) end).getSQLState());
        assertThat(Disconnects.isDisconnect(end) || byThePool)
                .as(end.toString())
                .isTrue();
    }

    private void checkData(int confirmed, int unknown) throws Exception {
        try (EmbeddedSqlServer again = start();
                TdsConnection connection = TdsConnection.open(settings(again))) {
            assertThat(OnOneServer.number(connection, "SELECT COUNT(*) FROM t WHERE n = -1"))
                    .as("rows of loads and transactions that were cut off")
                    .isZero();
            assertThat(OnOneServer.number(connection, "SELECT COUNT(*) FROM t"))
                    .isBetween((long) confirmed, (long) confirmed + unknown);
        }
    }

    private EmbeddedSqlServer start() throws IOException {
        return EmbeddedSqlServer.builder()
                .directory(folder)
                .database("demo")
                .login("sa", "Secret-1")
                .start();
    }

    private static ConnectionSettings settings(EmbeddedSqlServer server) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
    }
}
