package dev.tidegate.client.pool;

import java.sql.SQLException;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends of a wait, and of a lease, raced: exactly one takes place, and all see the same one. */
@Timeout(300)
public class HandOverRaceTest {
    private final Waiter<String> waiter = new Waiter<>(0);
    private final Slot<String> slot = new Slot<>(7, 0);
    private final Lease<String> lease = new Lease<>(new Entry<>(null, "connection", 0, Long.MAX_VALUE, 0), null);
    private final Lease<String> unused =
            new Lease<>(new Entry<>(null, "connection", 0, Long.MAX_VALUE, 0), null, false);

    @Operation
    public boolean handOver() {
        return waiter.handOver(slot);
    }

    @Operation
    public boolean fail() {
        return waiter.fail(new SQLException("refused"));
    }

    @Operation
    public boolean leave() {
        return waiter.leave();
    }

    @Operation
    public String outcome() {
        if (!waiter.isOver()) {
            return "waits";
        }
        if (waiter.slot() != null) {
            return "slot " + waiter.slot().number();
        }
        return waiter.failure() != null ? waiter.failure().getMessage() : "left";
    }

    @Operation
    public boolean endLease() {
        return lease.end();
    }

    @Operation
    public boolean isLeaseOver() {
        return lease.isOver();
    }

    @Operation
    public String beginUse() {
        return unused.beginUse(() -> "lent");
    }

    /** Who ends it has to put the connection right if it was lent. */
    @Operation
    public String endUnused() {
        if (!unused.end()) {
            return "over before";
        }
        return unused.wasUsed() ? "used" : "untouched";
    }

    @Test
    void modelChecked() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(300)
                .check(HandOverRaceTest.class);
    }

    @Test
    void stressed() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(500)
                .check(HandOverRaceTest.class);
    }
}
