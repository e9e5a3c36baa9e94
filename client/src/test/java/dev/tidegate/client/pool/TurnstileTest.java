package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnstileTest {
    private static final Turnstile.BeforeSleep NOTHING = () -> Long.MAX_VALUE;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void theLineIsServedInTheOrderOfComing() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
        List<Future<?>> waiters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            waiters.add(threads.submit(() -> {
                Slot<String> slot = take(turnstile, Duration.ZERO);
                served.add(number);
                turnstile.give(slot, System.nanoTime());
                return null;
            }));
            awaitWaiting(turnstile, i + 1);
        }
        turnstile.give(only, System.nanoTime());
        for (Future<?> waiter : waiters) {
            waiter.get();
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void nobodyIsPassedByForEver() throws Exception {
        Turnstile<String> turnstile = filled(1);
        AtomicInteger greedy = new AtomicInteger();
        CountDownLatch served = new CountDownLatch(1);
        Future<?> thief = threads.submit(() -> {
            // Gives back and takes again without a pause, so that it would always be first.
            while (served.getCount() > 0) {
                turnstile.give(take(turnstile, Duration.ZERO), System.nanoTime());
                greedy.incrementAndGet();
            }
            return null;
        });
        while (greedy.get() == 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 50; i++) {
            turnstile.give(take(turnstile, Duration.ZERO), System.nanoTime());
        }
        served.countDown();
        thief.get();
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void nobodySleepsBesideAFreeSlotAfterBriefUses() throws Exception {
        for (int round = 0; round < 200; round++) {
            Turnstile<String> turnstile = filled(2);
            List<Future<?>> users = new ArrayList<>();
            for (int user = 0; user < 6; user++) {
                users.add(threads.submit(() -> {
                    // No one comes after the last of these who could wake somebody.
                    for (int i = 0; i < 300; i++) {
                        turnstile.give(take(turnstile, Duration.ZERO), System.nanoTime());
                    }
                    return null;
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
            assertThat(turnstile.waiting()).isZero();
            assertThat(turnstile.count(Slot.State.IDLE)).isEqualTo(2);
        }
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void whoWaitsTooLongLeavesTheLine() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        assertThat(take(turnstile, Duration.ofMillis(30))).isNull();
        assertThat(turnstile.waiting()).isZero();
        turnstile.give(only, System.nanoTime());
        assertThat(take(turnstile, Duration.ofMillis(30))).isSameAs(only);
    }

    @Test
    void whoIsInterruptedLeavesTheLine() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        CountDownLatch left = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                take(turnstile, Duration.ZERO);
            } catch (InterruptedException e) {
                left.countDown();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        waiter.start();
        awaitWaiting(turnstile, 1);
        waiter.interrupt();
        left.await();
        waiter.join();
        assertThat(turnstile.waiting()).isZero();
        turnstile.give(only, System.nanoTime());
        assertThat(only.state()).isEqualTo(Slot.State.IDLE);
    }

    @Test
    void anErrorEndsEveryWait() throws Exception {
        Turnstile<String> turnstile = filled(1);
        take(turnstile, Duration.ZERO);
        List<Future<Slot<String>>> waiters = waiters(turnstile, 5);
        turnstile.failAll(() -> new SQLException("refused"));
        for (Future<Slot<String>> waiter : waiters) {
            assertThatThrownBy(waiter::get).hasRootCauseMessage("refused");
        }
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void closingEndsEveryWaitAndRefusesWhoComesLater() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        List<Future<Slot<String>>> waiters = waiters(turnstile, 5);
        turnstile.close(() -> new SQLException("closed"));
        for (Future<Slot<String>> waiter : waiters) {
            assertThatThrownBy(waiter::get).hasRootCauseMessage("closed");
        }
        turnstile.give(only, System.nanoTime());
        assertThatThrownBy(() -> take(turnstile, Duration.ZERO)).hasMessage("closed");
    }

    @Test
    void whoHasComeToTheLineOfWhatWasRetiredIsToldSoByItsClose() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        Future<Slot<String>> late = waiters(turnstile, 1).get(0);
        // It looked unused to the one who asked, a moment before the caller came.
        assertThat(turnstile.retire(() -> new SQLException("retired"), () -> true))
                .isTrue();
        turnstile.close(() -> new SQLException("closed"));
        assertThatThrownBy(late::get).hasRootCauseMessage("retired");
        turnstile.give(only, System.nanoTime());
    }

    @Test
    void whileSuspendedEverybodyWaits() throws Exception {
        Turnstile<String> turnstile = filled(2);
        turnstile.suspend();
        List<Future<Slot<String>>> waiters = waiters(turnstile, 2);
        assertThat(take(turnstile, Duration.ofMillis(30))).isNull();
        assertThat(turnstile.count(Slot.State.IDLE)).isEqualTo(2);
        turnstile.resume();
        assertThat(waiters.get(0).get()).isNotSameAs(waiters.get(1).get());
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aWakeUpThatThePreparationHasSleptThroughIsNotLost() throws Exception {
        long now = 0;
        Turnstile<String> turnstile = filled(1, () -> now);
        Slot<String> only = turnstile.takeFree(now);
        assertThat(turnstile.take(Deadline.never(), () -> {
                    // As a brief user does; then the permit is used up, as by a lock that somebody else has.
                    turnstile.give(only, now);
                    LockSupport.park();
                    return Long.MAX_VALUE;
                }))
                .isSameAs(only);
    }

    @Test
    void anErrorOfThePreparationLosesNothing() throws Exception {
        Turnstile<String> turnstile = filled(1);
        Slot<String> only = take(turnstile, Duration.ZERO);
        assertThatThrownBy(() -> turnstile.take(Deadline.never(), () -> {
                    // As if it came back in the very moment.
                    turnstile.give(only, System.nanoTime());
                    throw new SQLException("no");
                }))
                .hasMessage("no");
        assertThat(turnstile.waiting()).isZero();
        assertThat(turnstile.count(Slot.State.IDLE)).isEqualTo(1);
    }

    @Test
    void whoTakesAgainAtOnceGetsTheSameSlotAndWhoComesLaterTheLowest() throws Exception {
        Turnstile<String> turnstile = filled(3);
        long now = TimeUnit.HOURS.toNanos(1);
        Slot<String> first = turnstile.takeFree(now);
        Slot<String> second = turnstile.takeFree(now);
        assertThat(first.number()).isZero();
        assertThat(second.number()).isEqualTo(1);
        turnstile.give(second, System.nanoTime());
        turnstile.give(first, System.nanoTime());
        assertThat(turnstile.takeFree(now)).isSameAs(second);
        turnstile.give(second, System.nanoTime());
        long later = now + TimeUnit.MILLISECONDS.toNanos(5);
        assertThat(turnstile.takeFree(later)).isSameAs(first);
    }

    @Test
    void aSlotThatSomebodyElseHasIsNotWaitedFor() throws Exception {
        Turnstile<String> turnstile = filled(2);
        long now = TimeUnit.HOURS.toNanos(1);
        Slot<String> mine = turnstile.takeFree(now);
        turnstile.give(mine, System.nanoTime());
        Slot<String> taken = threads.submit(() -> turnstile.takeFree(now)).get();
        assertThat(taken).isSameAs(mine);
        assertThat(turnstile.takeFree(now)).isNotNull().isNotSameAs(mine);
        assertThat(turnstile.takeFree(now)).isNull();
    }

    @Test
    @Guarantee(value = "G18", surface = Surface.P)
    void underLoadNoSlotIsLostOrGivenTwice() throws Exception {
        Turnstile<String> turnstile = filled(3);
        List<AtomicInteger> owners = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        List<Future<Integer>> users = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            users.add(threads.submit(() -> {
                int got = 0;
                for (int round = 0; round < 500; round++) {
                    long micros = ThreadLocalRandom.current().nextInt(1, 3_000);
                    Slot<String> slot = take(turnstile, Duration.ofNanos(micros * 1_000));
                    if (slot != null) {
                        got++;
                        assertThat(owners.get(slot.number()).incrementAndGet()).isEqualTo(1);
                        LockSupport.parkNanos(1_000);
                        owners.get(slot.number()).decrementAndGet();
                        turnstile.give(slot, System.nanoTime());
                    }
                }
                return got;
            }));
        }
        int all = 0;
        for (Future<Integer> user : users) {
            all += user.get();
        }
        assertThat(all).isPositive();
        assertThat(turnstile.count(Slot.State.IDLE)).isEqualTo(3);
        assertThat(turnstile.waiting()).isZero();
    }

    private List<Future<Slot<String>>> waiters(Turnstile<String> turnstile, int count) {
        List<Future<Slot<String>>> waiters = new ArrayList<>();
        Callable<Slot<String>> waiter = () -> take(turnstile, Duration.ZERO);
        for (int i = 0; i < count; i++) {
            waiters.add(threads.submit(waiter));
        }
        awaitWaiting(turnstile, count);
        return waiters;
    }

    private static void awaitWaiting(Turnstile<String> turnstile, int count) {
        while (turnstile.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    /** @param limit zero: none */
    private static Slot<String> take(Turnstile<String> turnstile, Duration limit)
            throws SQLException, InterruptedException {
        return turnstile.take(Deadline.after(limit, "test"), NOTHING);
    }

    private static Turnstile<String> filled(int size) {
        return filled(size, System::nanoTime);
    }

    private static Turnstile<String> filled(int size, LongSupplier clock) {
        Turnstile<String> turnstile = new Turnstile<>(size, clock);
        for (int i = 0; i < size; i++) {
            Slot<String> slot = turnstile.reserve();
            slot.fill("member " + i, System.nanoTime());
            turnstile.give(slot, System.nanoTime());
        }
        return turnstile;
    }
}
