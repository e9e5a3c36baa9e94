package dev.tidegate.client.pool;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a pool has done so far. Thread-safe; counting takes no lock. */
final class PoolCounters {
    private final LongAdder created = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);
    private final AcquireTimes acquireTimes = new AcquireTimes();

    PoolCounters() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    void created() {
        created.increment();
    }

    boolean hasNeverConnected() {
        return created.sum() == 0;
    }

    void failed() {
        failed.increment();
    }

    void timedOut() {
        timedOut.increment();
    }

    void acquired(long nanos) {
        acquireTimes.add(nanos);
    }

    void closed(CloseReason reason) {
        closed.get(reason).increment();
    }

    PoolStatistics snapshot(Turnstile<?> turnstile) {
        Map<CloseReason, Long> byReason = new EnumMap<>(CloseReason.class);
        closed.forEach((reason, count) -> byReason.put(reason, count.sum()));
        List<Long> times = acquireTimes.snapshot(turnstile.timesTakenAtOnce());
        return new PoolStatistics(
                turnstile.owned(),
                turnstile.count(Slot.State.IDLE),
                turnstile.count(Slot.State.OPENING),
                turnstile.waiting(),
                turnstile.slots().size(),
                created.sum(),
                failed.sum(),
                byReason,
                times.stream().mapToLong(Long::longValue).sum(),
                timedOut.sum(),
                times);
    }
}
