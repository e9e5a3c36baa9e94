package dev.tidegate.client.pool;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users of a turnstile raced with its retirement and its being taken up again: nobody has a slot of one that was retired. */
@Timeout(300)
public class TurnstileShutRaceTest {
    private static final int SLOTS = 1;
    private static final int MOST_THREADS = 8;

    private final Turnstile<String> turnstile = new Turnstile<>(SLOTS, System::nanoTime);
    private final AtomicReferenceArray<Slot<String>> held = new AtomicReferenceArray<>(MOST_THREADS);
    private final AtomicInteger retirements = new AtomicInteger();

    public TurnstileShutRaceTest() {
        for (int i = 0; i < SLOTS; i++) {
            Slot<String> slot = turnstile.reserve();
            slot.fill("connection", System.nanoTime());
            turnstile.give(slot, System.nanoTime());
        }
    }

    /** As a pool lends: whoever has just taken a slot asks whether it was retired meanwhile. */
    @Operation
    public void take(@Param(gen = ThreadIdGen.class) int thread) {
        if (held.get(thread) != null) {
            return;
        }
        Slot<String> slot;
        try {
            slot = turnstile.takeFree(System.nanoTime());
        } catch (SQLException shut) {
            return;
        }
        if (slot != null && turnstile.isRetired()) {
            turnstile.give(slot, System.nanoTime());
        } else if (slot != null) {
            held.set(thread, slot);
        }
    }

    @Operation
    public void give(@Param(gen = ThreadIdGen.class) int thread) {
        Slot<String> slot = held.getAndSet(thread, null);
        if (slot != null) {
            turnstile.give(slot, System.nanoTime());
        }
    }

    @Operation
    public void retire() {
        if (turnstile.retire(() -> new SQLException("retired"), () -> turnstile.count(Slot.State.LEASED) == 0)) {
            retirements.incrementAndGet();
        }
    }

    /** By whoever has retired it, and nobody else. */
    @Operation
    public void takeUpAgain() {
        int before = retirements.get();
        if (before > 0 && retirements.compareAndSet(before, before - 1)) {
            turnstile.takeUpAgain();
        }
    }

    @Validate
    public void nobodyHasASlotOfWhatWasRetired() {
        int holders = 0;
        for (int i = 0; i < MOST_THREADS; i++) {
            holders += held.get(i) != null ? 1 : 0;
        }
        if (retirements.get() > 1) {
            throw new IllegalStateException("retired " + retirements.get() + " times at once");
        }
        if (retirements.get() > 0 && (holders > 0 || !turnstile.isRetired())) {
            throw new IllegalStateException("it was retired, and " + holders + " have a slot");
        }
        if (turnstile.count(Slot.State.LEASED) != holders || turnstile.count(Slot.State.IDLE) != SLOTS - holders) {
            throw new IllegalStateException(
                    holders + " have a slot, " + turnstile.count(Slot.State.LEASED) + " are leased");
        }
    }

    @Test
    void modelChecked() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .iterations(12)
                .invocationsPerIteration(250)
                .check(TurnstileShutRaceTest.class);
    }

    @Test
    void stressed() {
        new StressOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .iterations(6)
                .invocationsPerIteration(250)
                .check(TurnstileShutRaceTest.class);
    }
}
