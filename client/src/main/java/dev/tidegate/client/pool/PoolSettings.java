package dev.tidegate.client.pool;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The values of all {@link PoolProperty properties} of a pool, checked. Immutable. */
public final class PoolSettings {
    private final Map<PoolProperty, Integer> given;

    private PoolSettings(Map<PoolProperty, Integer> given) {
        this.given = given;
    }

    /** Every property at its default. */
    public static PoolSettings defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value, or the property's default. */
    public int get(PoolProperty property) {
        return given.getOrDefault(property, property.defaultValue());
    }

    /** @throws IllegalArgumentException if the property is not a duration */
    public Duration duration(PoolProperty property) {
        if (!property.isDuration()) {
            throw new IllegalArgumentException(property.propertyName() + " is not a duration");
        }
        return Duration.ofMillis(get(property));
    }

    /** As {@link #duration}; zero stays zero. */
    long nanos(PoolProperty property) {
        return duration(property).toNanos();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolSettings settings && given.equals(settings.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    /** The values that were given. */
    @Override
    public String toString() {
        return "PoolSettings" + given;
    }

    /** Collects values; each is checked when it is set. Not thread-safe. */
    public static final class Builder {
        private final Map<PoolProperty, Integer> values = new EnumMap<>(PoolProperty.class);

        private Builder() {}

        /**
         * @param value of a duration: milliseconds
         * @throws IllegalArgumentException naming the property, the value and the allowed range
         */
        public Builder set(PoolProperty property, long value) {
            values.put(property, property.check(value));
            return this;
        }

        /** @throws IllegalArgumentException as {@link #set(PoolProperty, long)}; also for what is shorter than a millisecond */
        public Builder set(PoolProperty property, Duration value) {
            if (!property.isDuration()) {
                throw new IllegalArgumentException(property.propertyName() + " is not a duration");
            }
            values.put(property, property.check(value));
            return this;
        }

        public Builder maximumPoolSize(int connections) {
            return set(PoolProperty.MAXIMUM_POOL_SIZE, connections);
        }

        public Builder minimumIdle(int connections) {
            return set(PoolProperty.MINIMUM_IDLE, connections);
        }

        public Builder connectionTimeout(Duration limit) {
            return set(PoolProperty.CONNECTION_TIMEOUT, limit);
        }

        public Builder idleTimeout(Duration limit) {
            return set(PoolProperty.IDLE_TIMEOUT, limit);
        }

        public Builder maxLifetime(Duration limit) {
            return set(PoolProperty.MAX_LIFETIME, limit);
        }

        public Builder leakDetectionThreshold(Duration limit) {
            return set(PoolProperty.LEAK_DETECTION_THRESHOLD, limit);
        }

        /** @throws IllegalArgumentException if {@code minimumIdle} is more than {@code maximumPoolSize} */
        public PoolSettings build() {
            PoolSettings settings = new PoolSettings(new EnumMap<>(values));
            int minimum = settings.get(PoolProperty.MINIMUM_IDLE);
            int maximum = settings.get(PoolProperty.MAXIMUM_POOL_SIZE);
            if (minimum > maximum) {
                throw new IllegalArgumentException(
                        "minimumIdle=" + minimum + ": allowed are 0 to maximumPoolSize, which is " + maximum);
            }
            return settings;
        }
    }
}
