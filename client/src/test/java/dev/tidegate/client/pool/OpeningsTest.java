package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.transport.Deadline;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller in line whose thread gets no time while much happens: what it began may be over before it looks again. */
@Timeout(60)
class OpeningsTest {
    private final FakeOpener opener = new FakeOpener();
    private final AtomicLong clock = new AtomicLong(1);
    private final Pool<FakeMember> pool =
            new Pool<>("openings", PoolSettings.builder().build(), opener, clock::get);

    @AfterEach
    void close() {
        pool.close(limit());
        assertThat(opener.open()).isZero();
    }

    @Test
    void anAttemptThatIsOverIsNotMadeAgain() throws Exception {
        Slot<Entry<FakeMember>> slot = inLine(() -> {
            pool.openings().prepare();
            awaitEndOfAttempt();
            return pool.openings().prepare();
        });
        assertThat(opener.attempts()).isEqualTo(1);
        pool.discard(slot, CloseReason.SPOILT);
    }

    @Test
    void noAttemptIsMadeForACallerWhoHasBeenHandedAConnection() throws Exception {
        Lease<FakeMember> first = pool.acquire(Duration.ofSeconds(20));
        Slot<Entry<FakeMember>> slot = inLine(() -> {
            awaitTurn();
            pool.release(first);
            return pool.openings().prepare();
        });
        assertThat(slot.member()).isSameAs(first.entry());
        assertThat(opener.attempts()).isEqualTo(1);
        pool.discard(slot, CloseReason.SPOILT);
    }

    /** The head of the line has lost patience: what comes back goes to it by hand. */
    private static void awaitTurn() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 2 * Turnstile.PATIENCE) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anAttemptThatFailedIsNotMadeAgainAtOnceAndItsReasonIsTold() {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        assertThatThrownBy(() -> inLine(() -> {
                    pool.openings().prepare();
                    awaitEndOfAttempt();
                    return pool.openings().prepare();
                }))
                .hasMessageContaining("refused");
        assertThat(opener.attempts()).isEqualTo(1);
    }

    @Test
    void anAttemptThatTheCloseOfThePoolEndedFailsForThatReason() {
        opener.gates = attempt -> new CountDownLatch(1);
        assertThatThrownBy(() -> inLine(() -> {
                    pool.openings().prepare();
                    pool.close(limit());
                    return pool.openings().prepare();
                }))
                .hasMessage("the pool openings is closed");
    }

    private Slot<Entry<FakeMember>> inLine(Turnstile.BeforeSleep beforeSleep) throws Exception {
        return pool.turnstile().take(limit(), beforeSleep);
    }

    private static Deadline limit() {
        return Deadline.after(Duration.ofSeconds(20), "test");
    }

    /** The thread of the pool waits for its next task; nothing else that it does here waits. */
    private static void awaitEndOfAttempt() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("tidegate-pool-openings-")
                        && thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }
}
