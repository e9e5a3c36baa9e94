package dev.tidegate.client;

import java.time.Duration;

/**
 * What may differ from one request to the next.
 *
 * @param timeout from the call until the last row is read; zero: no limit; null: the connection's {@code queryTimeout}. When it runs
 *     out, the request is cancelled on the server, a {@link java.sql.SQLTimeoutException} is thrown, and the connection stays usable.
 */
public record RequestOptions(Duration timeout) {
    public static final RequestOptions DEFAULTS = new RequestOptions(null);

    public RequestOptions {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout of " + timeout + " is negative; zero means no limit");
        }
    }

    public RequestOptions withTimeout(Duration newTimeout) {
        return new RequestOptions(newTimeout);
    }
}
