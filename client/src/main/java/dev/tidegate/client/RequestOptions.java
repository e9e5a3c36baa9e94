package dev.tidegate.client;

import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLTimeoutException;
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

    /**
     * For one of several requests that have a limit together: what is left of it.
     *
     * @throws SQLTimeoutException if nothing is left, so that the request must not be sent
     */
    public static RequestOptions until(Deadline deadline) throws SQLTimeoutException {
        if (deadline.isExpired()) {
            throw new SQLTimeoutException(
                    deadline.passed("the next request was not sent").getMessage(), SqlStates.TIMED_OUT);
        }
        return new RequestOptions(deadline.remaining());
    }

    public RequestOptions withTimeout(Duration newTimeout) {
        return new RequestOptions(newTimeout);
    }
}
