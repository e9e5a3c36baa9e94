package dev.tidegate.client.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long callers have waited for their connections, counted in buckets whose limits double: up to 1 µs, 2 µs, 4 µs … The last one has
 * no limit. Thread-safe; counting takes no lock.
 */
final class AcquireTimes {
    /** The last bucket begins at over a minute. */
    static final int BUCKETS = 28;

    private final List<LongAdder> counts = new ArrayList<>(BUCKETS);

    AcquireTimes() {
        for (int i = 0; i < BUCKETS; i++) {
            counts.add(new LongAdder());
        }
    }

    void add(long nanos) {
        counts.get(bucket(nanos)).increment();
    }

    /**
     * One number a bucket; not an atomic picture.
     *
     * @param atOnce callers who have not waited, and were counted elsewhere
     */
    List<Long> snapshot(long atOnce) {
        List<Long> all = new ArrayList<>(BUCKETS);
        counts.forEach(count -> all.add(count.sum()));
        all.set(0, all.get(0) + atOnce);
        return all;
    }

    /** Bucket n takes what is over 2<sup>n-1</sup> and up to 2<sup>n</sup> microseconds. */
    static int bucket(long nanos) {
        long micros = Math.max(0, nanos - 1) / 1_000;
        return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros));
    }
}
