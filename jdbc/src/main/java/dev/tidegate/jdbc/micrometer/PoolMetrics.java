package dev.tidegate.jdbc.micrometer;

import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.jdbc.TidegateDataSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The numbers of a pool, or of all pools of a data source together, as meters named {@code tidegate.connections.…}, after those of HikariCP.
 * They are read when the registry asks for them; using the pool costs nothing more. The registry does not keep the pool from being collected.
 * Needs {@code io.micrometer:micrometer-core}, which is an optional dependency. Immutable and thread-safe.
 */
public final class PoolMetrics implements MeterBinder {
    private static final String PREFIX = "tidegate.connections";
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

    private final Bound<?> bound;
    private final Tags tags;

    /** @param tags which tell this pool's meters from those of others, such as a name */
    public PoolMetrics(ConnectionPool pool, Iterable<Tag> tags) {
        this(new Bound<>(pool, ConnectionPool::statistics), tags);
    }

    /** @param tags which tell this source's meters from those of others, such as a name */
    public PoolMetrics(TidegateDataSource source, Iterable<Tag> tags) {
        this(new Bound<>(source, TidegateDataSource::statistics), tags);
    }

    private PoolMetrics(Bound<?> bound, Iterable<Tag> tags) {
        this.bound = bound;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bound.bindTo(registry, tags);
    }

    /** What the numbers come from; nothing that it makes refers to it but through the registry's own weak reference. */
    private record Bound<T>(T source, Function<T, PoolStatistics> numbers) {
        void bindTo(MeterRegistry registry, Tags tags) {
            gauge(registry, tags, "", "Connections: in use, ready, on their way", PoolStatistics::total);
            gauge(registry, tags, ".active", "Connections in use", PoolStatistics::active);
            gauge(registry, tags, ".idle", "Connections ready", PoolStatistics::idle);
            gauge(registry, tags, ".opening", "Connections on their way", PoolStatistics::opening);
            gauge(registry, tags, ".pending", "Callers in line", PoolStatistics::waiting);
            gauge(registry, tags, ".max", "Most connections at a time", PoolStatistics::maximum);
            counter(registry, tags, ".acquired", "Connections handed out", PoolStatistics::acquired);
            counter(registry, tags, ".timeout", "Callers that got none in time", PoolStatistics::timedOut);
            counter(registry, tags, ".created", "Connections opened", PoolStatistics::created);
            counter(registry, tags, ".failed", "Attempts to open one that failed", PoolStatistics::failed);
            for (CloseReason reason : CloseReason.values()) {
                Tags of = tags.and("reason", reason.name().toLowerCase(Locale.ROOT));
                counter(registry, of, ".closed", "Connections closed", closed(reason));
            }
            acquireTimes(registry, tags);
        }

        private static ToLongFunction<PoolStatistics> closed(CloseReason reason) {
            return now -> now.closed().getOrDefault(reason, 0L);
        }

        /** Named and tagged as Micrometer's own percentiles and histograms. */
        private void acquireTimes(MeterRegistry registry, Tags tags) {
            Function<T, PoolStatistics> from = numbers;
            for (double quantile : QUANTILES) {
                TimeGauge.builder(
                                PREFIX + ".acquire.percentile",
                                source,
                                TimeUnit.NANOSECONDS,
                                asked -> from.apply(asked).acquireTime(quantile).toNanos())
                        .description("Time within which this share of the callers had a connection")
                        .tags(tags.and("phi", Double.toString(quantile)))
                        .register(registry);
            }
            for (Map.Entry<String, Integer> limit : AcquireBuckets.LIMITS.entrySet()) {
                int buckets = limit.getValue();
                gauge(
                        registry,
                        tags.and("le", limit.getKey()),
                        ".acquire.histogram",
                        "Callers that waited for so many seconds at most",
                        now -> now.acquireTimes().stream()
                                .limit(buckets)
                                .mapToLong(Long::longValue)
                                .sum());
            }
        }

        private void gauge(
                MeterRegistry registry, Tags tags, String name, String text, ToLongFunction<PoolStatistics> of) {
            Gauge.builder(PREFIX + name, source, number(of))
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private void counter(
                MeterRegistry registry, Tags tags, String name, String text, ToLongFunction<PoolStatistics> of) {
            FunctionCounter.builder(PREFIX + name, source, number(of))
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private ToDoubleFunction<T> number(ToLongFunction<PoolStatistics> of) {
            Function<T, PoolStatistics> from = numbers;
            return asked -> of.applyAsLong(from.apply(asked));
        }
    }
}
