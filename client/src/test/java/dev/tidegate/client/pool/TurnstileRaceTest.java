package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Users of a turnstile raced with each other: whatever the interleaving, a slot has one user at a time, none is lost, and nobody sleeps
 * for ever in a line that could be served. Whatever is wrong throws, which it does not if the operations come one after the other. The
 * model checker lets sleepers wake by themselves, so that a wake-up that is lost shows under stress, as a test without an end.
 */
@Timeout(300)
public class TurnstileRaceTest {
    private static final int SLOTS = 1;
    private static final Turnstile.BeforeSleep NOTHING = () -> Long.MAX_VALUE;

    private final Turnstile<String> turnstile;
    private final AtomicIntegerArray users = new AtomicIntegerArray(SLOTS);

    @SuppressWarnings("this-escape") // Whoever overrides now() has no fields.
    public TurnstileRaceTest() {
        turnstile = new Turnstile<>(SLOTS, this::now);
        for (int i = 0; i < SLOTS; i++) {
            open(turnstile.reserve());
        }
    }

    @Operation
    public void use() throws SQLException, InterruptedException {
        giveBack(turnstile.take(Deadline.never(), NOTHING));
    }

    /** Leaves the line as soon as it has come to it; what is given to it on its way out must go on to the next. */
    @Operation
    public void useIfItIsThereSoon() throws SQLException, InterruptedException {
        Slot<String> slot = turnstile.take(Deadline.within(Duration.ZERO, "test"), NOTHING);
        if (slot != null) {
            giveBack(slot);
        }
    }

    @Operation
    public void useWithoutWaiting() throws SQLException {
        Slot<String> slot = turnstile.takeFree(now());
        if (slot != null) {
            giveBack(slot);
        }
    }

    /** As when a connection is found dead and another one opened in its place. */
    @Operation
    public void replace() throws SQLException {
        Slot<String> slot = turnstile.takeFree(now());
        if (slot == null) {
            return;
        }
        begin(slot);
        end(slot);
        slot.emptied();
        turnstile.wakeHead();
        Slot<String> empty = turnstile.reserve();
        if (empty != null) {
            open(empty);
        }
    }

    long now() {
        return System.nanoTime();
    }

    private void open(Slot<String> slot) {
        slot.fill("connection", now());
        turnstile.give(slot, now());
    }

    private void giveBack(Slot<String> slot) {
        begin(slot);
        // Under stress others come to the line meanwhile.
        LockSupport.parkNanos(1_000);
        end(slot);
        turnstile.give(slot, now());
    }

    private void begin(Slot<String> slot) {
        if (!users.compareAndSet(slot.number(), 0, 1) || slot.state() != Slot.State.LEASED || slot.member() == null) {
            throw new IllegalStateException("slot " + slot.number() + " is " + slot.state() + ", and another's");
        }
    }

    private void end(Slot<String> slot) {
        users.set(slot.number(), 0);
    }

    @Validate
    public void everySlotIsFreeAndTheLineIsEmpty() {
        if (turnstile.count(Slot.State.IDLE) < SLOTS || turnstile.waiting() > 0 || turnstile.unserved() > 0) {
            throw new IllegalStateException(
                    turnstile.count(Slot.State.IDLE) + " are idle, " + turnstile.waiting() + " wait");
        }
    }

    @Test
    void modelChecked() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .iterations(10)
                .invocationsPerIteration(250)
                .check(getClass());
    }

    @Test
    void stressed() {
        new StressOptions()
                .threads(4)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(0)
                .iterations(8)
                .invocationsPerIteration(250)
                .check(getClass());
    }
}
