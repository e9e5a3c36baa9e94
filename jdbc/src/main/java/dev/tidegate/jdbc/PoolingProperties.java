package dev.tidegate.jdbc;

import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.EnumMap;
import java.util.Map;

/**
 * A setter and a getter for each {@link PoolProperty}, which says what it means; durations are in milliseconds. Setters check their value
 * and throw {@link IllegalArgumentException}. Thread-safe.
 */
abstract class PoolingProperties extends DataSourceProperties {
    private final Map<PoolProperty, Integer> values = new EnumMap<>(PoolProperty.class);

    /** @throws SQLException (08001) if two values contradict each other */
    final synchronized PoolSettings poolSettings() throws SQLException {
        PoolSettings.Builder builder = PoolSettings.builder();
        values.forEach(builder::set);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    private synchronized void set(PoolProperty property, int value) {
        beforeChange();
        PoolSettings.builder().set(property, value);
        values.put(property, value);
    }

    private synchronized int get(PoolProperty property) {
        return values.getOrDefault(property, property.defaultValue());
    }

    public void setMaximumPoolSize(int value) {
        set(PoolProperty.MAXIMUM_POOL_SIZE, value);
    }

    public int getMaximumPoolSize() {
        return get(PoolProperty.MAXIMUM_POOL_SIZE);
    }

    public void setMaximumPools(int value) {
        set(PoolProperty.MAXIMUM_POOLS, value);
    }

    public int getMaximumPools() {
        return get(PoolProperty.MAXIMUM_POOLS);
    }

    public void setMinimumIdle(int value) {
        set(PoolProperty.MINIMUM_IDLE, value);
    }

    public int getMinimumIdle() {
        return get(PoolProperty.MINIMUM_IDLE);
    }

    public void setConnectionTimeout(int value) {
        set(PoolProperty.CONNECTION_TIMEOUT, value);
    }

    public int getConnectionTimeout() {
        return get(PoolProperty.CONNECTION_TIMEOUT);
    }

    public void setIdleTimeout(int value) {
        set(PoolProperty.IDLE_TIMEOUT, value);
    }

    public int getIdleTimeout() {
        return get(PoolProperty.IDLE_TIMEOUT);
    }

    public void setMaxLifetime(int value) {
        set(PoolProperty.MAX_LIFETIME, value);
    }

    public int getMaxLifetime() {
        return get(PoolProperty.MAX_LIFETIME);
    }

    public void setKeepaliveTime(int value) {
        set(PoolProperty.KEEPALIVE_TIME, value);
    }

    public int getKeepaliveTime() {
        return get(PoolProperty.KEEPALIVE_TIME);
    }

    public void setValidationInterval(int value) {
        set(PoolProperty.VALIDATION_INTERVAL, value);
    }

    public int getValidationInterval() {
        return get(PoolProperty.VALIDATION_INTERVAL);
    }

    public void setValidationTimeout(int value) {
        set(PoolProperty.VALIDATION_TIMEOUT, value);
    }

    public int getValidationTimeout() {
        return get(PoolProperty.VALIDATION_TIMEOUT);
    }

    public void setLeakDetectionThreshold(int value) {
        set(PoolProperty.LEAK_DETECTION_THRESHOLD, value);
    }

    public int getLeakDetectionThreshold() {
        return get(PoolProperty.LEAK_DETECTION_THRESHOLD);
    }
}
