package dev.tidegate.client.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a pool is doing and has done. The numbers are read one after the other while the pool goes on.
 *
 * @param active connections in use
 * @param idle connections ready
 * @param opening connections on their way
 * @param waiting callers in line
 * @param maximum of connections
 * @param created connections opened so far
 * @param failed attempts to open one that have failed so far
 * @param closed connections closed so far, by reason
 * @param acquired connections handed out so far
 * @param timedOut callers so far that got none in time
 * @param acquireTimes how many callers have waited how long: entry n counts those who had their connection after up to 2<sup>n</sup>
 *     microseconds and more than half of that; the last entry has no upper limit
 */
public record PoolStatistics(
        int active,
        int idle,
        int opening,
        int waiting,
        int maximum,
        long created,
        long failed,
        Map<CloseReason, Long> closed,
        long acquired,
        long timedOut,
        List<Long> acquireTimes) {

    public PoolStatistics {
        closed = Map.copyOf(closed);
        acquireTimes = List.copyOf(acquireTimes);
    }

    /** Of no pool at all. */
    public static PoolStatistics none() {
        return new PoolStatistics(0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, List.of());
    }

    /** Of two pools together. */
    public PoolStatistics plus(PoolStatistics other) {
        Map<CloseReason, Long> reasons = new EnumMap<>(CloseReason.class);
        closed.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        other.closed.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        List<Long> times = new ArrayList<>(acquireTimes);
        for (int i = 0; i < other.acquireTimes.size(); i++) {
            long count = other.acquireTimes.get(i);
            if (i < times.size()) {
                times.set(i, times.get(i) + count);
            } else {
                times.add(count);
            }
        }
        return new PoolStatistics(
                active + other.active,
                idle + other.idle,
                opening + other.opening,
                waiting + other.waiting,
                maximum + other.maximum,
                created + other.created,
                failed + other.failed,
                reasons,
                acquired + other.acquired,
                timedOut + other.timedOut,
                times);
    }

    /** What has been counted so far, without what there is at present. */
    public PoolStatistics soFar() {
        return new PoolStatistics(0, 0, 0, 0, 0, created, failed, closed, acquired, timedOut, acquireTimes);
    }

    /** Connections there are: in use, ready, or on their way. */
    public int total() {
        return active + idle + opening;
    }

    /**
     * The time within which the given share of the callers had their connection, as the upper limit of its bucket: at most twice too long.
     *
     * @param quantile over 0, up to 1; 0.99 for the 99th percentile
     * @return zero if nobody has asked yet
     */
    public Duration acquireTime(double quantile) {
        if (!(quantile > 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile=" + quantile + ": allowed is over 0, up to 1");
        }
        long all = acquireTimes.stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(all * quantile);
        long seen = 0;
        for (int i = 0; i < acquireTimes.size() && all > 0; i++) {
            seen += acquireTimes.get(i);
            if (seen >= wanted) {
                return Duration.ofNanos(1_000L << i);
            }
        }
        return Duration.ZERO;
    }
}
