package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HousekeeperTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final FakeOpener opener = new FakeOpener();
    private final RecordingLog log = new RecordingLog();
    private Pool<FakeMember> pool;
    private Housekeeper<FakeMember> housekeeper;

    @AfterEach
    void close() {
        housekeeper.stop(Deadline.after(Duration.ofSeconds(20), "test"));
        pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        assertThat(opener.open()).isZero();
    }

    @Test
    void theMinimumIsKeptReady() throws Exception {
        start(PoolSettings.builder().minimumIdle(3));
        run();
        await(() -> pool.statistics().idle() == 3);
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        run();
        await(() -> pool.statistics().idle() == 3);
        pool.release(lease);
        assertThat(opener.attempts()).isEqualTo(4);
    }

    @Test
    void aServerThatTakesNoConnectionsIsNotAskedInEachRound() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        start(PoolSettings.builder().minimumIdle(1));
        run();
        await(() -> pool.statistics().failed() == 1);
        for (int i = 0; i < 10; i++) {
            run();
        }
        assertThat(opener.attempts()).isEqualTo(1);
    }

    @Test
    void whatIsIdleForTooLongIsClosedDownToTheMinimum() throws Exception {
        start(PoolSettings.builder().minimumIdle(1).idleTimeout(Duration.ofSeconds(10)));
        fill(4);
        pass(Duration.ofSeconds(11));
        run();
        assertThat(pool.statistics().idle()).isEqualTo(1);
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.IDLE, 3L);
        assertThat(opener.members().get(0).isClosed()).isFalse();
    }

    @Test
    @Guarantee(value = "G19", surface = Surface.P)
    void deadOnesAreFoundWithoutAUser() throws Exception {
        start(PoolSettings.builder());
        fill(2);
        opener.members().get(0).kill();
        run();
        assertThat(pool.statistics().idle()).isZero();
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.DEAD, 1L);
    }

    @Test
    void idleOnesAreAskedFromTimeToTime() throws Exception {
        start(PoolSettings.builder().set(PoolProperty.KEEPALIVE_TIME, Duration.ofSeconds(10)));
        fill(2);
        run();
        pass(Duration.ofSeconds(11));
        run();
        await(() -> pool.statistics().idle() == 2);
        assertThat(opener.members())
                .allSatisfy(member -> assertThat(member.validations()).isEqualTo(1));
        run();
        assertThat(opener.members().get(0).validations()).isEqualTo(1);
        opener.members().get(1).valid = false;
        pass(Duration.ofSeconds(11));
        run();
        await(() -> opener.members().get(1).isClosed());
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.P)
    void whatWasForgottenIsTakenBackAndTold() throws Exception {
        start(PoolSettings.builder().leakDetectionThreshold(Duration.ofHours(1)));
        forget();
        while (pool.statistics().active() > 0) {
            System.gc();
            run();
        }
        assertThat(pool.statistics().closed()).containsEntry(CloseReason.FORGOTTEN, 1L);
        assertThat(opener.members().get(0).isClosed()).isTrue();
        assertThat(log.messages()).singleElement().asString().contains("lost without being closed");
        assertThat(log.thrown().get(0).getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("forget"));
    }

    @Test
    void whatIsKeptForTooLongIsToldOnceWithItsOrigin() throws Exception {
        start(PoolSettings.builder().leakDetectionThreshold(Duration.ofSeconds(1)));
        Lease<FakeMember> lease = pool.acquire(Duration.ZERO);
        run();
        assertThat(log.messages()).isEmpty();
        pass(Duration.ofMillis(1_500));
        run();
        run();
        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains("in use for 1500 ms, longer than leakDetectionThreshold");
        assertThat(log.thrown().get(0).getStackTrace())
                .anySatisfy(frame ->
                        assertThat(frame.getMethodName()).isEqualTo("whatIsKeptForTooLongIsToldOnceWithItsOrigin"));
        pool.release(lease);
    }

    @Test
    void itStopsWithItsPool() {
        for (int round = 0; round < 500; round++) {
            start(PoolSettings.builder());
            housekeeper.start();
            assertThat(threads()).contains("tidegate-pool-test");
            housekeeper.stop(Deadline.after(Duration.ofSeconds(20), "test"));
            assertThat(threads()).doesNotContain("tidegate-pool-test");
        }
    }

    @Test
    void thatThereWasNoConnectionForLongIsTold() throws Exception {
        AtomicInteger told = new AtomicInteger();
        start(PoolSettings.builder().idleTimeout(Duration.ofSeconds(10)));
        housekeeper.tellWhenEmpty(told::incrementAndGet);
        for (int round = 1; round <= 3; round++) {
            fill(1);
            run();
            pass(Duration.ofSeconds(11));
            run();
            assertThat(pool.statistics().total()).isZero();
            pass(Duration.ofSeconds(9));
            run();
            assertThat(told).hasValue(round - 1);
            pass(Duration.ofSeconds(2));
            run();
            run();
            assertThat(told).hasValue(round);
        }
    }

    @Test
    void aLoginThatWasRefusedIsForgottenSoon() throws Exception {
        AtomicInteger told = new AtomicInteger();
        opener.failures = attempt -> new SQLInvalidAuthorizationSpecException("refused", "28000");
        start(PoolSettings.builder().idleTimeout(Duration.ofHours(1)));
        housekeeper.tellWhenEmpty(told::incrementAndGet);
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        run();
        pass(Duration.ofSeconds(3));
        run();
        assertThat(told).hasValue(0);
        // Over before any round can see it.
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        pass(Duration.ofSeconds(3));
        run();
        assertThat(told).hasValue(0);
        pass(Duration.ofSeconds(2));
        run();
        assertThat(told).hasValue(1);
    }

    @Test
    void aLoginThatWasAcceptedOnceIsNot() throws Exception {
        AtomicInteger told = new AtomicInteger();
        start(PoolSettings.builder().idleTimeout(Duration.ofHours(1)));
        housekeeper.tellWhenEmpty(told::incrementAndGet);
        pool.invalidate(pool.acquire(Duration.ZERO), CloseReason.SPOILT);
        opener.failures = attempt -> new SQLInvalidAuthorizationSpecException("refused", "28000");
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO)).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        run();
        pass(Duration.ofSeconds(5));
        run();
        assertThat(told).hasValue(0);
    }

    /** A server may lock an account for it. */
    @Test
    void noSpareIsOpenedWithALoginThatWasRefused() throws Exception {
        opener.failures = attempt -> attempt == 1 ? new SQLInvalidAuthorizationSpecException("refused", "28000") : null;
        start(PoolSettings.builder().minimumIdle(1));
        run();
        await(() -> pool.statistics().failed() == 1);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(10));
            run();
        }
        assertThat(opener.attempts()).isEqualTo(1);
        pool.release(pool.acquire(Duration.ZERO));
        assertThat(opener.attempts()).isEqualTo(2);
    }

    @Test
    @Guarantee(value = "G09", surface = Surface.P)
    void aPoolThatWasForgottenIsClosedAndToldAndItsThreadsEnd() throws Exception {
        start(PoolSettings.builder());
        fill(2);
        housekeeper.start(new Object());
        while (!pool.isClosed() || pool.statistics().total() > 0) {
            System.gc();
            Thread.onSpinWait();
        }
        await(() -> threads().stream().noneMatch(name -> name.startsWith("tidegate-pool-test")));
        assertThat(opener.open()).isZero();
        assertThat(log.messages()).containsExactly("the pool test was lost without being closed; it is closed now");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private void start(PoolSettings.Builder settings) {
        pool = new Pool<>("test", settings.build(), opener, clock::get);
        housekeeper = new Housekeeper<>("test", pool, log);
    }

    private void forget() throws SQLException {
        pool.acquire(Duration.ZERO).lentAs(new Object());
    }

    private void fill(int count) throws SQLException {
        List<Lease<FakeMember>> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(pool.acquire(Duration.ZERO));
        }
        leases.forEach(pool::release);
    }

    private void run() {
        housekeeper.run(clock.get());
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
