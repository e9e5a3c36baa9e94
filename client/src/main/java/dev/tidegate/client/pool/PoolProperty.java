package dev.tidegate.client.pool;

import java.time.Duration;

/**
 * Every setting of a pool, declared once: {@link PoolSettings} and the properties of a pooled data source derive from here. The names are
 * those that users of other pools know; durations are in milliseconds.
 */
public enum PoolProperty {
    MAXIMUM_POOL_SIZE("maximumPoolSize", 10, 1, 10_000, "", "Most connections at a time, used and idle ones."),
    MAXIMUM_POOLS(
            "maximumPools",
            100,
            1,
            10_000,
            "",
            "Most logins of a data source that have connections at a time, each in a pool of its own. One more takes the place of"
                    + " the one that was unused for longest; if all are in use, it is refused."),
    MINIMUM_IDLE("minimumIdle", 0, 0, 10_000, "", "Connections kept ready; at most maximumPoolSize."),
    CONNECTION_TIMEOUT(
            "connectionTimeout",
            30_000,
            0,
            Integer.MAX_VALUE,
            " ms",
            "How long a caller waits for a connection, from its call until it has one. 0: no limit."),
    IDLE_TIMEOUT(
            "idleTimeout",
            600_000,
            0,
            Integer.MAX_VALUE,
            " ms",
            "How long a connection beyond minimumIdle stays unused before it is closed. 0: for ever."),
    MAX_LIFETIME(
            "maxLifetime",
            1_800_000,
            0,
            Integer.MAX_VALUE,
            " ms",
            "Age at which a connection is replaced, once it is not in use; each lives up to 10 % shorter than that, so that they are"
                    + " not replaced all at once. 0: for ever."),
    KEEPALIVE_TIME(
            "keepaliveTime",
            120_000,
            0,
            Integer.MAX_VALUE,
            " ms",
            "How long a connection is idle before the server is asked whether it still works. 0: it is not asked."),
    VALIDATION_INTERVAL(
            "validationInterval",
            2_000,
            0,
            Integer.MAX_VALUE,
            " ms",
            "A connection whose last answer is older is handed out only after the server has answered again, whether it was idle since"
                    + " then or held by a user who asked nothing. Otherwise it is only looked at, which costs no round trip."),
    VALIDATION_TIMEOUT(
            "validationTimeout",
            5_000,
            1,
            Integer.MAX_VALUE,
            " ms",
            "How long the server may take to answer when a connection is checked."),
    LEAK_DETECTION_THRESHOLD(
            "leakDetectionThreshold",
            0,
            0,
            Integer.MAX_VALUE,
            " ms",
            "A connection that is in use for longer is reported, with the stack of the call that took it. 0: none is.");

    private final String propertyName;
    private final int defaultValue;
    private final int least;
    private final int most;
    private final String unit;
    private final String description;

    PoolProperty(String propertyName, int defaultValue, int least, int most, String unit, String description) {
        this.propertyName = propertyName;
        this.defaultValue = defaultValue;
        this.least = least;
        this.most = most;
        this.unit = unit;
        this.description = description;
    }

    /** As documentation writes it. */
    public String propertyName() {
        return propertyName;
    }

    public int defaultValue() {
        return defaultValue;
    }

    /** Smallest value allowed. */
    public int least() {
        return least;
    }

    /** Largest value allowed. */
    public int most() {
        return most;
    }

    /** True if the value is a number of milliseconds. */
    public boolean isDuration() {
        return !unit.isEmpty();
    }

    /** One or more sentences in English. */
    public String description() {
        return description;
    }

    /** @throws IllegalArgumentException naming the property, the value and the allowed range */
    int check(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    propertyName + "=" + value + ": allowed are " + least + " to " + most + unit);
        }
        return (int) value;
    }

    /** @throws IllegalArgumentException as {@link #check(long)} */
    int check(Duration value) {
        boolean fits = value.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0 && !value.isNegative();
        if (!fits || !value.isZero() && value.toMillis() == 0) {
            throw new IllegalArgumentException(
                    propertyName + "=" + value + ": allowed are " + least + " to " + most + unit);
        }
        return check(value.toMillis());
    }
}
