package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 100 threads on 8 slots, with one kind of fault at random: no slot is lost, the maximum is kept, and nobody shares. */
@Timeout(120)
class PoolFaultTest {
    private static final int SIZE = 8;
    private static final int USERS = 100;
    private static final int ROUNDS = 60;

    enum Fault {
        NONE,
        CONNECT_REFUSED,
        CONNECT_THROWS,
        KILLED_IN_USE,
        KILLED_WHILE_IDLE,
        SPOILT,
        METHODS_THROW,
        INVALIDATED,
        CALLER_INTERRUPTED,
        CALLER_IMPATIENT,
        EVICTED
    }

    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G18", surface = Surface.P)
    void noSlotIsLostAndTheMaximumIsKept(Fault fault) throws Exception {
        FakeOpener opener = new FakeOpener();
        opener.failures = attempt -> attempt % 3 != 0
                ? null
                : switch (fault) {
                    case CONNECT_REFUSED -> new SQLNonTransientConnectionException("refused", "08001");
                    case CONNECT_THROWS -> new IllegalStateException("bug");
                    default -> null;
                };
        PoolSettings settings = PoolSettings.builder().maximumPoolSize(SIZE).build();
        Pool<FakeMember> pool = new Pool<>("test", settings, opener, System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(USERS);
        try {
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                users.add(threads.submit(() -> use(pool, fault)));
            }
            int served = 0;
            for (Future<Integer> user : users) {
                served += user.get();
            }
            assertThat(served).isPositive();
            assertThat(opener.mostOpen()).isLessThanOrEqualTo(SIZE);
            // Attempts that nobody waits for any more are still on their way; a slot that is lost would never come to
            // rest.
            while (pool.statistics().active() > 0 || pool.statistics().opening() > 0) {
                Thread.onSpinWait();
            }
            assertThat(pool.statistics().waiting()).isZero();
            assertThat(pool.statistics().idle()).isEqualTo(opener.open());
            opener.failures = attempt -> null;
            useAll(pool);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        }
        assertThat(opener.open()).isZero();
        assertThat(pool.statistics().total()).isZero();
    }

    private static int use(Pool<FakeMember> pool, Fault fault) {
        int served = 0;
        for (int i = 0; i < ROUNDS; i++) {
            boolean strike = ThreadLocalRandom.current().nextInt(10) == 0;
            try {
                if (strike && fault == Fault.CALLER_INTERRUPTED) {
                    Thread.currentThread().interrupt();
                }
                boolean impatient = strike && fault == Fault.CALLER_IMPATIENT;
                Lease<FakeMember> lease = pool.acquire(impatient ? Duration.ofNanos(1) : Duration.ofSeconds(60));
                lease.member().use();
                served++;
                end(pool, lease, strike ? fault : Fault.NONE);
            } catch (SQLException | IllegalStateException e) {
                assertThat(fault).as(e.toString()).isNotEqualTo(Fault.NONE);
            }
            assertThat(Thread.interrupted()).isIn(false, fault == Fault.CALLER_INTERRUPTED);
        }
        return served;
    }

    private static void end(Pool<FakeMember> pool, Lease<FakeMember> lease, Fault fault) {
        FakeMember member = lease.member();
        switch (fault) {
            case KILLED_IN_USE -> member.kill();
            case SPOILT -> member.spoilt = "broken";
            case METHODS_THROW -> member.failure = new IllegalStateException("bug");
            case EVICTED -> pool.evict();
            default -> {}
        }
        if (fault == Fault.INVALIDATED) {
            pool.invalidate(lease, CloseReason.SPOILT);
        } else {
            pool.release(lease);
        }
        if (fault == Fault.KILLED_WHILE_IDLE) {
            member.kill();
        }
    }

    private static void useAll(Pool<FakeMember> pool) throws SQLException {
        List<Lease<FakeMember>> leases = new ArrayList<>();
        while (leases.size() < SIZE) {
            try {
                leases.add(pool.acquire(Duration.ofSeconds(60)));
            } catch (SQLNonTransientConnectionException e) {
                // An attempt that had begun before the faults ended, or the pause after it.
                assertThat(e.getMessage()).matches("refused|.*bug");
            }
        }
        leases.forEach(pool::release);
    }
}
