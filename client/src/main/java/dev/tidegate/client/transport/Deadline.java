package dev.tidegate.client.transport;

import java.time.Duration;

/** A point in time after which a call must have given up. Made once at the public call and handed down. Immutable. */
public final class Deadline implements Patience {
    private static final Deadline NEVER = new Deadline(0, Duration.ZERO, "");

    private final long nanoTime;
    private final Duration limit;
    private final String name;

    private Deadline(long nanoTime, Duration limit, String name) {
        this.nanoTime = nanoTime;
        this.limit = limit;
        this.name = name;
    }

    public static Deadline never() {
        return NEVER;
    }

    /**
     * @param limit from now; zero: never
     * @param name of the setting that the limit comes from, for the error text
     */
    public static Deadline after(Duration limit, String name) {
        // Two centuries and more would overflow the clock; they are no limit to anybody.
        boolean endless = limit.isZero() || limit.toDays() > 100_000;
        return endless ? NEVER : new Deadline(System.nanoTime() + limit.toNanos(), limit, name);
    }

    /**
     * As {@link #after}, for a limit of which zero means "at once".
     *
     * @param limit from now; zero: it has passed already
     */
    public static Deadline within(Duration limit, String name) {
        return limit.isZero() ? new Deadline(System.nanoTime(), limit, name) : after(limit, name);
    }

    public boolean isNever() {
        return this == NEVER;
    }

    public boolean isExpired() {
        return remainingNanos() <= 0;
    }

    @Override
    public long remainingNanos() {
        return isNever() ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    /** What is left; zero if there is no limit, as for the settings, and never less than a nanosecond if there is one. */
    public Duration remaining() {
        return isNever() ? Duration.ZERO : Duration.ofNanos(Math.max(1, remainingNanos()));
    }

    @Override
    public void expired() throws DeadlineException {
        throw new DeadlineException(text());
    }

    /** The error that it has passed, and what had come of the call by then. */
    public DeadlineException passed(String sofar) {
        return new DeadlineException(text() + ": " + sofar);
    }

    private String text() {
        return name + " of " + limit.toMillis() / 1000.0 + " s is over";
    }

    /** @throws DeadlineException if it has passed */
    public void check() throws DeadlineException {
        if (isExpired()) {
            expired();
        }
    }
}
