package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Many threads at one pool. Follows the race tests of SQLAlchemy's test/engine/test_pool.py: PoolFirstConnectSyncTest and those of
 * QueuePoolTest that use threads.
 */
class QueuePoolRaceTest extends OnProxiedServer {
    /** The first users come all at once: there is one pool, and nobody gets a session before it is set up. */
    @Test
    void sync() throws Exception {
        TidegateDataSource source = source(3);
        source.setLockTimeout(5000);
        CyclicBarrier together = new CyclicBarrier(5);
        all(5, () -> {
            together.await();
            for (int round = 0; round < 2; round++) {
                try (Connection connection = source.getConnection()) {
                    assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(5000);
                }
            }
        });
        assertThat(source.pools()).hasSize(1);
        assertThat(statistics(source).created()).isBetween(1L, 3L);
    }

    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void timeoutRace() throws Exception {
        TidegateDataSource source = source(3);
        source.setConnectionTimeout(300);
        CyclicBarrier together = new CyclicBarrier(10);
        CountDownLatch tooLate = new CountDownLatch(7);
        AtomicInteger served = new AtomicInteger();
        all(10, () -> {
            together.await();
            long begun = System.nanoTime();
            try (Connection connection = source.getConnection()) {
                served.incrementAndGet();
                // Kept until all the others have waited in vain.
                tooLate.await();
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            } catch (SQLTimeoutException e) {
                // Nobody is sent away before his time.
                assertThat(System.nanoTime() - begun)
                        .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
                tooLate.countDown();
            }
        });
        assertThat(served).hasValueLessThanOrEqualTo(3);
        assertThat(statistics(source).timedOut()).isEqualTo(10 - served.get());
        await(() -> statistics(source).idle() > 0);
        assertServes(source);
    }

    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void noOverflow() throws Exception {
        overflow(40, 3);
    }

    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void maxOverflow() throws Exception {
        overflow(40, 8);
    }

    private void overflow(int users, int maximum) throws Exception {
        TidegateDataSource source = source(maximum);
        AtomicInteger using = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        all(users, () -> {
            for (int round = 0; round < 10; round++) {
                try (Connection connection = source.getConnection()) {
                    most.accumulateAndGet(using.incrementAndGet(), Math::max);
                    assertThat(number(connection, "SELECT " + round)).isEqualTo(round);
                    using.decrementAndGet();
                }
            }
        });
        assertThat(most).hasValueLessThanOrEqualTo(maximum);
        assertThat(proxy().connections()).hasSizeLessThanOrEqualTo(maximum);
        source.close();
        await(() -> server().connections() == 1);
    }

    /** One connect that hangs keeps nobody from the other places. */
    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void hangingConnectWithinOverflow() throws Exception {
        TidegateDataSource source = source(5);
        proxy().onConnection(3, Fault.stall(Flow.TO_CLIENT, 0));
        CountDownLatch allOthers = new CountDownLatch(4);
        Future<?> users = threads().submit(() -> {
            all(5, () -> {
                try (Connection connection = source.getConnection()) {
                    assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                    allOthers.countDown();
                    // So nobody is served by what another gives back.
                    allOthers.await();
                }
            });
            return null;
        });
        allOthers.await();
        // Whoever had set out for the hanging one is served by those that came back, without it.
        users.get();
        assertThat(statistics(source).opening()).isEqualTo(1);
        proxy().awaitConnection(3, SOON).release();
        await(() -> statistics(source).opening() == 0);
        assertServes(source);
    }

    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void waitersHandled() throws Exception {
        for (int limit : new int[] {0, 30_000}) {
            TidegateDataSource source = source(2);
            source.setConnectionTimeout(limit);
            Connection kept = source.getConnection();
            Connection thrownAway = source.getConnection();
            List<Future<?>> waiters = start(2, () -> {
                try (Connection connection = source.getConnection()) {
                    assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                }
            });
            await(() -> statistics(source).waiting() == 2);
            thrownAway.abort(Runnable::run);
            await(waiters);
            assertThat(number(kept, "SELECT 2")).isEqualTo(2);
            kept.close();
        }
    }

    /** Evicting while others take and give: nobody notices. */
    @Guarantee(value = "G20", surface = Surface.P)
    @Test
    void connrecInvalidatedWithinCheckoutNoRace() throws Exception {
        TidegateDataSource source = source(1);
        source.getConnection().close();
        ConnectionPool pool = source.pools().get(0);
        AtomicBoolean over = new AtomicBoolean();
        Future<?> evictor = threads().submit(() -> {
            while (!over.get()) {
                pool.evict();
                Thread.onSpinWait();
            }
        });
        for (int round = 0; round < 30; round++) {
            assertServes(source);
        }
        over.set(true);
        evictor.get();
        assertThat(statistics(source).closed()).containsEntry(CloseReason.DEAD, 0L);
        await(() -> server().connections() <= 2);
    }

    @Guarantee(value = "G17", surface = Surface.P)
    @Test
    void notifyWaiters() throws Exception {
        TidegateDataSource source = source(1);
        Connection only = source.getConnection();
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> waiters = start(5, () -> {
            try (Connection connection = source.getConnection()) {
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                served.incrementAndGet();
            }
        });
        await(() -> statistics(source).waiting() == 5);
        assertThat(served).hasValue(0);
        assertThat(statistics(source).created()).isEqualTo(1);
        only.abort(Runnable::run);
        await(waiters);
        assertThat(served).hasValue(5);
        assertThat(statistics(source).created()).isEqualTo(2);
    }

    /** Fifteen connections die at once, some in use and some not: each is closed once, and each place opens once more. */
    @Guarantee(value = "G20", surface = Surface.P)
    @Test
    void recyclePoolNoRace() throws Exception {
        TidegateDataSource source = source(15);
        List<Connection> users = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            users.add(source.getConnection());
        }
        for (Connection idle : users.subList(3, 10)) {
            idle.close();
        }
        letItRest();
        restart();
        List<Connection> used = new ArrayList<>(users.subList(0, 3));
        used.addAll(users.subList(10, 15));
        List<Callable<Void>> noticing = new ArrayList<>();
        for (Connection user : used) {
            noticing.add(() -> {
                assertLost(() -> number(user, "SELECT 1"));
                user.close();
                return null;
            });
        }
        for (Future<Void> noticed : threads().invokeAll(noticing)) {
            noticed.get();
        }
        expect(source, 0, 0);
        users.clear();
        for (int i = 0; i < 15; i++) {
            users.add(source.getConnection());
            assertThat(number(users.get(i), "SELECT " + i)).isEqualTo(i);
        }
        assertThat(statistics(source).created()).isEqualTo(30);
        assertThat(statistics(source).closed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(15);
        assertThat(source.pools()).hasSize(1);
    }

    /** Users that close, that throw away, that forget, that lose their line, and that wait too short, all at a time. */
    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void mixedClose() throws Exception {
        Logger log = Logger.getLogger(ConnectionPool.class.getName());
        // Forgotten ones are told of; here that would be noise.
        log.setLevel(Level.OFF);
        try {
            TidegateDataSource source = source(3);
            // Who waits in vain collects what was forgotten.
            source.setConnectionTimeout(500);
            AtomicInteger turns = new AtomicInteger();
            all(8, () -> {
                for (int round = 0; round < 4; round++) {
                    int turn = turns.getAndIncrement();
                    use(source, turn);
                }
            });
            while (statistics(source).active() > 0) {
                System.gc();
                Thread.sleep(5);
            }
            assertThat(statistics(source).waiting()).isZero();
            assertThat(statistics(source).total()).isLessThanOrEqualTo(3);
            use(source, 2);
        } finally {
            log.setLevel(null);
        }
    }

    private static void use(TidegateDataSource source, int turn) throws SQLException {
        for (; ; ) {
            try {
                Connection connection = source.getConnection();
                assertThat(number(connection, "SELECT " + turn)).isEqualTo(turn);
                switch (turn % 4) {
                    case 0 -> connection.abort(Runnable::run);
                    case 1 -> {
                        if (turn % 24 != 1) {
                            connection.close();
                        }
                    }
                    case 2 -> {
                        connection.setAutoCommit(false);
                        number(connection, "SELECT 1");
                        connection.close();
                    }
                    default -> {
                        connection.createStatement().executeQuery(ENDLESS);
                        connection.close();
                    }
                }
                return;
            } catch (SQLTimeoutException e) {
                System.gc();
            }
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private void all(int count, Task task) throws Exception {
        await(start(count, task));
    }

    private List<Future<?>> start(int count, Task task) {
        List<Future<?>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(threads().submit(() -> {
                task.run();
                return null;
            }));
        }
        return started;
    }

    private static void await(List<Future<?>> tasks) throws Exception {
        for (Future<?> task : tasks) {
            task.get();
        }
    }
}
