package dev.tidegate.bench.jdbc;

import java.util.Arrays;

/**
 * How long things took, to within 2 percent, in a room that does not grow: what counts bytes would count those of a list too. Used by one
 * thread.
 */
final class Latencies {
    /** Places for each power of two: a value is told by its seven highest bits. */
    private static final int PLACES = 64;

    private static final int BITS = Integer.numberOfTrailingZeros(PLACES);

    private final long[] counts = new long[(Long.SIZE - BITS) * PLACES];
    private long count;

    /** @param nanos not negative */
    void add(long nanos) {
        counts[place(nanos)]++;
        count++;
    }

    /** As if nothing had been added. */
    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
    }

    void add(Latencies others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        count += others.count;
    }

    long count() {
        return count;
    }

    /**
     * The time that this share of all took at most.
     *
     * @param share 0 to 1
     * @return nanoseconds
     * @throws IllegalStateException if there are none
     */
    long atMost(double share) {
        long wanted = Math.max(1, (long) Math.ceil(count * share));
        long seen = 0;
        for (int place = 0; place < counts.length; place++) {
            seen += counts[place];
            if (seen >= wanted) {
                return longest(place);
            }
        }
        throw new IllegalStateException("nothing was measured");
    }

    private static int place(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos | 1));
        return shift * PLACES + (int) (nanos >>> shift);
    }

    /** The longest time of those that have a place. */
    private static long longest(int place) {
        int shift = Math.max(0, place / PLACES - 1);
        return (place - (long) shift * PLACES + 1 << shift) - 1;
    }
}
