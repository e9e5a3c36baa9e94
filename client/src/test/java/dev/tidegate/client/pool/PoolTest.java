package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.lang.ref.ReferenceQueue;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PoolTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final AtomicLong clock = new AtomicLong(1);
    private final FakeOpener opener = new FakeOpener();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Pool<FakeMember>> pools = new ArrayList<>();

    @AfterEach
    void closeAll() throws InterruptedException {
        pools.forEach(pool -> pool.close(Deadline.after(Duration.ofSeconds(20), "test")));
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(opener.open()).isZero();
    }

    @Test
    void aConnectionIsOpenedOnceAndUsedAgain() throws Exception {
        Pool<FakeMember> pool = pool(5);
        Lease<FakeMember> first = pool.acquire(Duration.ZERO);
        FakeMember member = first.member();
        pool.release(first);
        pool.release(first);
        Lease<FakeMember> second = pool.acquire(Duration.ZERO);
        assertThat(second.member()).isSameAs(member);
        pool.release(first);
        assertThat(pool.statistics().active()).isEqualTo(1);
        assertThat(opener.attempts()).isEqualTo(1);
    }

    @Test
    @Guarantee(value = "G14", surface = Surface.P)
    void thereAreNeverMoreThanTheMaximum() throws Exception {
        Pool<FakeMember> pool = pool(3);
        for (int i = 0; i < 3; i++) {
            pool.acquire(Duration.ZERO);
        }
        assertThatThrownBy(() -> pool.acquire(SHORT))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("0.05 s (connectionTimeout)")
                .hasMessageContaining("3 of 3 are in use");
        assertThat(opener.attempts()).isEqualTo(3);
        assertThat(pool.statistics().timedOut()).isEqualTo(1);
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aWaiterWakesWhenAConnectionComesBack() throws Exception {
        Pool<FakeMember> pool = pool(1);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        Future<Lease<FakeMember>> waiter = waiter(pool);
        pool.release(lease);
        assertThat(waiter.get().member()).isSameAs(lease.member());
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aWaiterWakesWhenAConnectionIsThrownAway() throws Exception {
        Pool<FakeMember> pool = pool(1);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        Future<Lease<FakeMember>> waiter = waiter(pool);
        pool.invalidate(lease, CloseReason.SPOILT);
        assertThat(waiter.get().member()).isNotSameAs(lease.member());
        assertThat(lease.member().isClosed()).isTrue();
        assertThat(opener.mostOpen()).isEqualTo(1);
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aWaiterWakesWhenThePoolIsClosed() throws Exception {
        Pool<FakeMember> pool = pool(1);
        opener.closesUnderUsers = true;
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        Future<Lease<FakeMember>> waiter = waiter(pool);
        pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        assertThatThrownBy(waiter::get).hasRootCauseMessage("the pool test is closed");
        assertThat(lease.member().isClosed()).isTrue();
        assertThat(lease.isOver()).isTrue();
        pool.release(lease);
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(SQLNonTransientConnectionException.class);
        assertThat(pool.statistics().total()).isZero();
    }

    @Test
    void aConnectErrorReachesEveryWaiterAsItIs() throws Exception {
        opener.failures = attempt -> new SQLInvalidAuthorizationSpecException("Login failed", "28000", 18456);
        Pool<FakeMember> pool = pool(2);
        List<Future<Lease<FakeMember>>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(threads.submit(() -> pool.acquire(Duration.ofSeconds(30))));
        }
        for (Future<Lease<FakeMember>> caller : callers) {
            while (!caller.isDone()) {
                // Who comes after the failure waits for the end of the pause.
                clock.addAndGet(ConnectBreaker.SHORTEST);
                LockSupport.parkNanos(100_000);
            }
            assertThatThrownBy(caller::get)
                    .cause()
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .hasMessage("Login failed")
                    .satisfies(
                            e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(18456));
        }
    }

    @Test
    void anOutageIsNotHammeredAndCallersGetItsReasonWhenTheirTimeIsOver() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        Pool<FakeMember> pool = pool(1);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30))).hasMessage("refused");
        List<Future<Lease<FakeMember>>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(threads.submit(() -> pool.acquire(SHORT)));
        }
        for (Future<Lease<FakeMember>> caller : callers) {
            assertThatThrownBy(caller::get)
                    .cause()
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessage("refused");
        }
        assertThat(opener.attempts()).isEqualTo(1);
        clock.addAndGet(ConnectBreaker.SHORTEST);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30))).hasMessage("refused");
        assertThat(opener.attempts()).isEqualTo(2);
        assertThat(pool.statistics().timedOut()).isEqualTo(20);
    }

    @Test
    void inThePauseAfterAFailureNoConnectionSeemsToBeOnItsWay() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        AtomicReference<Pool<FakeMember>> watched = new AtomicReference<>();
        AtomicInteger most = new AtomicInteger();
        Pool<FakeMember> pool = new Pool<>(
                "test",
                PoolSettings.builder().maximumPoolSize(1).build(),
                opener,
                () -> {
                    Pool<FakeMember> looked = watched.get();
                    if (looked != null) {
                        most.accumulateAndGet(looked.statistics().opening(), Math::max);
                    }
                    return clock.get();
                },
                (entry, origin) -> new Lease<>(entry, origin, true));
        pools.add(pool);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30))).hasMessage("refused");
        watched.set(pool);
        assertThatThrownBy(() -> pool.acquire(SHORT)).hasMessage("refused");
        watched.set(null);
        assertThat(most).hasValue(0);
        assertThat(opener.attempts()).isEqualTo(1);
    }

    @Test
    void aPoolInUseIsNotRetiredAndOneThatIsGivesNothingUntilItIsTakenUpAgain() throws Exception {
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        assertThat(pool.retire()).isFalse();
        pool.release(lease);
        assertThat(pool.retire()).isTrue();
        assertThat(pool.retire()).isFalse();
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(PoolRetiredException.class);
        pool.takeUpAgain();
        pool.release(pool.acquire(Duration.ZERO));
    }

    @Test
    void aPoolWhoseConnectionIsJustBeingTakenIsInUse() throws Exception {
        Pool<FakeMember> pool = pool(1);
        pool.release(pool.acquire(Duration.ZERO));
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        AtomicReference<Boolean> retired = new AtomicReference<>();
        opener.members().get(0).whenAsked = () -> retired.set(pool.retire());
        pool.release(pool.acquire(Duration.ZERO));
        assertThat(retired.get()).isFalse();
        assertThat(pool.retire()).isTrue();
    }

    @Test
    void aPoolThatIsClosedWhileItIsRetiredStaysClosed() {
        Pool<FakeMember> pool = pool(2);
        assertThat(pool.retire()).isTrue();
        pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(PoolRetiredException.class);
        pool.takeUpAgain();
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).hasMessage("the pool test is closed");
    }

    @Test
    void inThePauseAfterAFailureCallersWaitForTheNextAttempt() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        Pool<FakeMember> pool = pool(1);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30))).hasMessage("refused");
        Future<Lease<FakeMember>> served = waiter(pool);
        opener.failures = attempt -> null;
        assertThat(opener.attempts()).isEqualTo(1);
        clock.addAndGet(ConnectBreaker.SHORTEST);
        pool.release(served.get());
        assertThat(opener.attempts()).isEqualTo(2);
    }

    @Test
    void theNextAttemptsFailureReachesAllWhoHaveWaitedForIt() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused " + attempt, "08001");
        Pool<FakeMember> pool = pool(3);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30))).hasMessage("refused 1");
        List<Future<Lease<FakeMember>>> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(threads.submit(() -> pool.acquire(Duration.ofSeconds(30))));
        }
        while (pool.statistics().waiting() < 5) {
            Thread.onSpinWait();
        }
        clock.addAndGet(ConnectBreaker.SHORTEST);
        for (Future<Lease<FakeMember>> caller : callers) {
            assertThatThrownBy(caller::get).hasRootCauseMessage("refused 2");
        }
        assertThat(opener.attempts()).isEqualTo(2);
    }

    @Test
    void whileOneIsInUseAFailedConnectIsNoReasonToGiveUp() throws Exception {
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        Future<Lease<FakeMember>> waiter = waiter(pool);
        while (pool.openings().lastFailure() == null) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> pool.acquire(SHORT))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("the last attempt to connect failed: refused")
                .hasRootCauseMessage("refused");
        pool.release(lease);
        assertThat(waiter.get().member()).isSameAs(lease.member());
    }

    @Test
    @Guarantee(value = "G34", surface = Surface.P)
    void anUnexpectedExceptionOfAConnectLosesNoSlot() {
        opener.failures = attempt -> new IllegalStateException("bug");
        Pool<FakeMember> pool = pool(1);
        assertThatThrownBy(() -> pool.acquire(Duration.ofSeconds(30)))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("bug");
        assertThat(pool.statistics().total()).isZero();
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void aHangingConnectKeepsNobodyFromTheOthers() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        opener.gates = attempt -> attempt == 2 ? gate : null;
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        Future<Lease<FakeMember>> first = waiter(pool);
        while (opener.attempts() < 2) {
            Thread.onSpinWait();
        }
        pool.release(lease);
        assertThat(first.get().member()).isSameAs(lease.member());
        Future<Lease<FakeMember>> second = waiter(pool);
        gate.countDown();
        assertThat(second.get().member()).isNotSameAs(lease.member());
    }

    @Test
    @Guarantee(value = "G05", surface = Surface.P)
    void closingEndsAHangingConnect() throws Exception {
        opener.gates = attempt -> new CountDownLatch(1);
        Pool<FakeMember> pool = pool(1);
        Future<Lease<FakeMember>> caller = waiter(pool);
        while (opener.attempts() < 1) {
            Thread.onSpinWait();
        }
        pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        assertThatThrownBy(caller::get).hasRootCauseMessage("the pool test is closed");
        assertThat(pool.statistics().total()).isZero();
    }

    @Test
    void whoIsInterruptedGetsNoConnectionAndStaysInterrupted() throws Exception {
        Pool<FakeMember> pool = pool(1);
        pool.acquire(Duration.ZERO);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(SQLTransientConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pool.statistics().waiting()).isZero();
    }

    @Test
    void aSpoiltConnectionIsClosedWhenItComesBack() throws Exception {
        Pool<FakeMember> pool = pool(1);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        lease.member().spoilt = "a transaction could not be rolled back";
        pool.release(lease);
        assertThat(lease.member().isClosed()).isTrue();
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.SPOILT, 1L);
    }

    @Test
    @Guarantee(value = "G35", surface = Surface.P)
    void anExceptionOnTheWayBackLosesNoSlot() throws Exception {
        Pool<FakeMember> pool = pool(1);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        lease.member().failure = new IllegalStateException("bug");
        assertThatThrownBy(() -> pool.release(lease)).hasMessage("bug");
        assertThat(pool.acquire(Duration.ofSeconds(20)).member()).isNotSameAs(lease.member());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Guarantee(value = "G35", surface = Surface.P)
    void aConnectionWhoseCloseFailsKeepsNoOtherOneOpen(int failing) throws Exception {
        Pool<FakeMember> pool = pool(4);
        List<Lease<FakeMember>> leases = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            leases.add(pool.acquire(Duration.ZERO));
        }
        pool.release(leases.get(0));
        pool.release(leases.get(1));
        pool.release(leases.get(2));
        leases.get(failing).member().failure = new IllegalStateException("bug");
        Deadline deadline = Deadline.after(Duration.ofSeconds(20), "test");
        // One that is in use is closed in another thread.
        try {
            pool.close(deadline);
        } catch (IllegalStateException e) {
            // Not told where a thread of the pool was faster, which has just handed the connection on.
            assertThat(e).hasMessage("bug");
            assertThat(failing).isLessThan(3);
        }
        while (opener.open() > 0) {
            Thread.onSpinWait();
        }
        assertThat(opener.members()).hasSize(4).allMatch(FakeMember::isClosed);
        assertThat(pool.statistics().total()).isZero();
    }

    @Test
    @Guarantee(value = "G19", surface = Surface.P)
    void whatDiedWhileIdleIsNotHandedOut() throws Exception {
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        pool.release(lease);
        lease.member().kill();
        pass(Duration.ofMillis(20));
        assertThat(pool.acquire(Duration.ZERO).member()).isNotSameAs(lease.member());
        assertThat(lease.member().validations()).isZero();
    }

    @Test
    @Guarantee(value = "G19", surface = Surface.P)
    void whatDoesNotAnswerAfterALongPauseIsNotHandedOut() throws Exception {
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        pool.release(lease);
        lease.member().valid = false;
        pass(Duration.ofSeconds(3));
        assertThat(pool.acquire(Duration.ZERO).member()).isNotSameAs(lease.member());
        assertThat(lease.member().validations()).isEqualTo(1);
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    @Test
    void theClockIsAskedOnceForAUseThatIsNone() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Pool<FakeMember> pool = new Pool<>(
                "test",
                PoolSettings.builder().maximumPoolSize(1).build(),
                opener,
                () -> {
                    asked.incrementAndGet();
                    return clock.get();
                },
                (entry, origin) -> new Lease<>(entry, origin, false));
        pools.add(pool);
        pool.release(pool.acquire(Duration.ZERO));
        asked.set(0);
        pool.release(pool.acquire(Duration.ZERO));
        assertThat(asked).hasValue(1);
        assertThat(pool.lastUsed()).isEqualTo(clock.get());

        Lease<FakeMember> kept = pool.acquire(Duration.ZERO);
        kept.lentAs(this);
        kept.watch(new ReferenceQueue<>());
        pass(Duration.ofSeconds(1));
        pool.release(kept);
        assertThat(pool.lastUsed()).isEqualTo(clock.get());
    }

    @Test
    @Guarantee(value = "G19", surface = Surface.P)
    void whatWasHeldForLongAfterItsLastAnswerIsAskedAgain() throws Exception {
        Pool<FakeMember> pool = pool(2);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        lease.member().silence = Duration.ofMillis(1_500).toNanos();
        pool.release(lease);
        pass(Duration.ofMillis(499));
        pool.release(pool.acquire(Duration.ZERO));
        assertThat(lease.member().validations()).isZero();
        lease.member().silence = Duration.ofMillis(1_500).toNanos();
        lease.member().valid = false;
        pass(Duration.ofMillis(500));
        assertThat(pool.acquire(Duration.ZERO).member()).isNotSameAs(lease.member());
        assertThat(lease.member().validations()).isEqualTo(1);
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    @Test
    @Guarantee(value = "G19", surface = Surface.P)
    void whoDoesNotUseItsConnectionSaysNothingOfItsHealth() throws Exception {
        Pool<FakeMember> pool = new Pool<>(
                "test",
                PoolSettings.builder().maximumPoolSize(1).build(),
                opener,
                clock::get,
                (entry, origin) -> new Lease<>(entry, origin, false));
        pools.add(pool);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        pool.release(lease);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(500));
            pool.release(pool.acquire(Duration.ZERO));
        }
        assertThat(lease.member().validations()).isEqualTo(2);
        lease.member().valid = false;
        pass(Duration.ofMillis(1_999));
        pool.release(pool.acquire(Duration.ZERO));
        pass(Duration.ofMillis(1));
        assertThat(pool.acquire(Duration.ZERO).member()).isNotSameAs(lease.member());
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    /** Else a connection that is opened just then would count as one of the outage, and be closed for it. */
    @Test
    void aPlaceIsNotFreeBeforeTheOutageIsNoticed() throws Exception {
        Pool<FakeMember> pool = pool(1);
        for (int round = 0; round < 200; round++) {
            Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
            Slot<?> slot = lease.slot();
            int before = pool.generation();
            Future<Integer> seen = threads.submit(() -> {
                while (slot.state() == Slot.State.LEASED) {
                    Thread.onSpinWait();
                }
                return pool.generation();
            });
            lease.member().kill();
            pool.release(lease);
            assertThat(seen.get()).isEqualTo(before + 1);
        }
    }

    @Test
    @Guarantee(value = "G35", surface = Surface.P)
    void anOutageIsNoticedThoughTheCloseOfTheDeadConnectionFails() throws Exception {
        Pool<FakeMember> pool = pool(2);
        List<Lease<FakeMember>> leases = all(pool, 2);
        pool.release(leases.get(0));
        leases.get(1).member().failure = new IllegalStateException("bug");
        assertThatThrownBy(() -> pool.release(leases.get(1))).hasMessage("bug");
        assertThat(pool.generation()).isEqualTo(1);
        assertThat(leases.get(0).member().isClosed()).isTrue();
        assertThat(pool.statistics().closed())
                .containsEntry(CloseReason.DEAD, 1L)
                .containsEntry(CloseReason.OUTAGE, 1L);
    }

    @Test
    @Guarantee(value = "G20", surface = Surface.P)
    void oneOutageEmptiesThePoolOnce() throws Exception {
        int size = 20;
        Pool<FakeMember> pool = pool(size);
        List<Lease<FakeMember>> leases = all(pool, size);
        leases.subList(0, 10).forEach(pool::release);
        leases.forEach(lease -> lease.member().kill());
        List<Future<?>> users = new ArrayList<>();
        for (Lease<FakeMember> lease : leases.subList(10, size)) {
            users.add(threads.submit(() -> pool.release(lease)));
        }
        for (int i = 0; i < 100; i++) {
            users.add(threads.submit(() -> {
                Lease<FakeMember> fresh = pool.acquire(Duration.ofSeconds(30));
                pool.release(fresh);
                return null;
            }));
        }
        for (Future<?> user : users) {
            user.get();
        }
        assertThat(pool.generation()).isEqualTo(1);
        assertThat(opener.attempts()).isBetween(size + 1, 2 * size);
        assertThat(opener.mostOpen()).isLessThanOrEqualTo(size);
    }

    @Test
    void whatThePoolDoesItselfWithItsConnectionsIsNoUse() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        opener.gates = attempt -> attempt == 2 ? gate : null;
        Pool<FakeMember> pool = pool(2);
        assertThat(pool.isUnused()).isTrue();
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        assertThat(pool.isUnused()).isFalse();
        pool.release(lease);
        assertThat(pool.isUnused()).isTrue();
        // As the housekeeper does for a moment, which may be a long one.
        assertThat(lease.slot().move(Slot.State.IDLE, Slot.State.HELD)).isTrue();
        assertThat(pool.isUnused()).isTrue();
        assertThat(pool.openings().openSpare()).isTrue();
        assertThat(pool.isUnused()).isTrue();
        Future<Lease<FakeMember>> waiter = waiter(pool);
        assertThat(pool.isUnused()).isFalse();
        pool.turnstile().give(lease.slot(), System.nanoTime());
        pool.release(waiter.get());
        assertThat(pool.isUnused()).isTrue();
    }

    @Test
    void evictionLeavesThoseInUseUntilTheyComeBack() throws Exception {
        Pool<FakeMember> pool = pool(2);
        List<Lease<FakeMember>> leases = all(pool, 2);
        pool.release(leases.get(0));
        pool.evict();
        assertThat(leases.get(0).member().isClosed()).isTrue();
        assertThat(leases.get(1).member().isClosed()).isFalse();
        pool.release(leases.get(1));
        assertThat(leases.get(1).member().isClosed()).isTrue();
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.EVICTED, 2L);
    }

    @Test
    @Guarantee(value = "G24", surface = Surface.P)
    void anOldConnectionIsReplacedOnceItIsFree() throws Exception {
        Pool<FakeMember> pool = pool(PoolSettings.builder().maxLifetime(Duration.ofSeconds(10)));
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        pass(Duration.ofSeconds(11));
        assertThat(lease.member().isClosed()).isFalse();
        pool.release(lease);
        assertThat(lease.member().isClosed()).isTrue();
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.LIFETIME, 1L);
    }

    @Test
    @Guarantee(value = "G24", surface = Surface.P)
    void lifetimesHaveAJitter() throws Exception {
        Pool<FakeMember> pool = pool(PoolSettings.builder().maximumPoolSize(50).maxLifetime(Duration.ofSeconds(100)));
        all(pool, 50).forEach(pool::release);
        pass(Duration.ofSeconds(90));
        pool.discardIdle(CloseReason.EVICTED, true);
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.LIFETIME, 0L);
        pass(Duration.ofSeconds(5));
        new Housekeeper<>("test", pool, System.getLogger("test")).run(clock.get());
        assertThat(pool.statistics().closed().get(CloseReason.LIFETIME)).isBetween(1L, 49L);
    }

    @Test
    void statisticsTellHowLongCallersWaited() throws Exception {
        Pool<FakeMember> pool = pool(1);
        pool.release(pool.acquire(Duration.ZERO));
        PoolStatistics statistics = pool.statistics();
        assertThat(statistics.acquired()).isEqualTo(1);
        assertThat(statistics.created()).isEqualTo(1);
        assertThat(statistics.acquireTimes().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1);
        assertThat(statistics.acquireTime(0.99)).isPositive();
        assertThat(AcquireTimes.bucket(1_000)).isZero();
        assertThat(AcquireTimes.bucket(1_001)).isEqualTo(1);
        assertThat(AcquireTimes.bucket(2_001)).isEqualTo(2);
        assertThat(AcquireTimes.bucket(4_000)).isEqualTo(2);
        assertThat(AcquireTimes.bucket(Long.MAX_VALUE)).isEqualTo(AcquireTimes.BUCKETS - 1);
        assertThatThrownBy(() -> statistics.acquireTime(0)).hasMessageContaining("quantile=0.0");
    }

    @Test
    void nonsenseIsRefusedByNameValueAndRange() {
        assertThatThrownBy(() -> PoolSettings.builder().maximumPoolSize(0))
                .hasMessage("maximumPoolSize=0: allowed are 1 to 10000");
        assertThatThrownBy(() -> PoolSettings.builder().connectionTimeout(Duration.ofMillis(-1)))
                .hasMessage("connectionTimeout=PT-0.001S: allowed are 0 to 2147483647 ms");
        assertThatThrownBy(() -> PoolSettings.builder().idleTimeout(Duration.ofNanos(10)))
                .hasMessageStartingWith("idleTimeout=PT0.00000001S: allowed are");
        assertThatThrownBy(() -> PoolSettings.builder().set(PoolProperty.MAX_LIFETIME, 1L << 40))
                .hasMessage("maxLifetime=1099511627776: allowed are 0 to 2147483647 ms");
        assertThatThrownBy(() ->
                        PoolSettings.builder().maximumPoolSize(2).minimumIdle(3).build())
                .hasMessage("minimumIdle=3: allowed are 0 to maximumPoolSize, which is 2");
        assertThat(PoolSettings.defaults().get(PoolProperty.MAXIMUM_POOL_SIZE)).isEqualTo(10);
        assertThat(PoolSettings.builder().maximumPoolSize(3).build().toString()).contains("3");
    }

    private Pool<FakeMember> pool(int size) {
        return pool(PoolSettings.builder().maximumPoolSize(size));
    }

    private Pool<FakeMember> pool(PoolSettings.Builder settings) {
        Pool<FakeMember> pool = new Pool<>("test", settings.build(), opener, clock::get);
        pools.add(pool);
        return pool;
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static List<Lease<FakeMember>> all(Pool<FakeMember> pool, int size) throws SQLException {
        List<Lease<FakeMember>> leases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leases.add(pool.acquire(Duration.ZERO));
        }
        return leases;
    }

    private Future<Lease<FakeMember>> waiter(Pool<FakeMember> pool) {
        int before = pool.statistics().waiting();
        Future<Lease<FakeMember>> waiter = threads.submit(() -> pool.acquire(Duration.ZERO));
        while (pool.statistics().waiting() == before && !waiter.isDone()) {
            Thread.onSpinWait();
        }
        return waiter;
    }
}
