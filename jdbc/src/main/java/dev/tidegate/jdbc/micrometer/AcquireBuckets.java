package dev.tidegate.jdbc.micrometer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits of the histogram of a pool's acquire times: some of those that the pool itself counts by, each eight times the one before. */
final class AcquireBuckets {
    private static final int FIRST = 3;
    private static final int STEP = 3;
    private static final int LAST = 24;

    /** A limit in seconds, and how many of the pool's own buckets are within it. */
    static final Map<String, Integer> LIMITS = limits();

    private AcquireBuckets() {}

    private static Map<String, Integer> limits() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        for (int bucket = FIRST; bucket <= LAST; bucket += STEP) {
            // Bucket n counts what took up to 2^n microseconds.
            limits.put(Double.toString((1L << bucket) / 1e6), bucket + 1);
        }
        limits.put("+Inf", Integer.MAX_VALUE);
        return Collections.unmodifiableMap(limits);
    }
}
