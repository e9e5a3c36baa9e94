package dev.tidegate.server;

import java.time.Duration;
import java.util.Objects;

/**
 * What a server grants to its clients.
 *
 * @param loginBytes bytes that a client may send until it is logged in, TLS included; at least 4,096
 * @param requestBytes bytes that one request may have, its parameters included, at least 65,536; a bulk load may have any
 *     number of rows, because they are taken one by one, but no (max) value larger than this
 * @param connections clients that may be logged in at the same time, 1 to 32,767
 * @param idleTime how long a connection may be without a request before it is closed; zero for ever
 * @param loginTime how long a client may take from connecting to the end of the login
 */
public record Limits(int loginBytes, long requestBytes, int connections, Duration idleTime, Duration loginTime) {
    /** Beyond this a count of nanoseconds would overflow some day. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** 256 KiB to log in, 256 MiB a request, 1,000 connections, no idle limit, 15 seconds to log in. */
    public static final Limits DEFAULT =
            new Limits(256 * 1024, 256L * 1024 * 1024, 1000, Duration.ZERO, Duration.ofSeconds(15));

    public Limits {
        Objects.requireNonNull(idleTime, "idleTime");
        Objects.requireNonNull(loginTime, "loginTime");
        if (loginBytes < 4096) {
            throw new IllegalArgumentException("loginBytes is " + loginBytes + "; at least 4096 are needed to log in");
        }
        if (requestBytes < 65_536) {
            throw new IllegalArgumentException("requestBytes is " + requestBytes + "; at least 65536 are needed");
        }
        if (connections < 1 || connections > 32_767) {
            throw new IllegalArgumentException("connections is " + connections + "; 1 to 32767 are possible");
        }
        if (idleTime.isNegative()) {
            throw new IllegalArgumentException("idleTime is negative; zero means that there is no limit");
        }
        if (idleTime.compareTo(LONGEST) > 0 || loginTime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "idleTime and loginTime have at most 365 days; an idleTime of zero is for ever");
        }
        if (loginTime.isNegative() || loginTime.isZero()) {
            throw new IllegalArgumentException("loginTime must be longer than zero");
        }
    }

    public Limits withLoginBytes(int loginBytes) {
        return new Limits(loginBytes, requestBytes, connections, idleTime, loginTime);
    }

    public Limits withRequestBytes(long requestBytes) {
        return new Limits(loginBytes, requestBytes, connections, idleTime, loginTime);
    }

    public Limits withConnections(int connections) {
        return new Limits(loginBytes, requestBytes, connections, idleTime, loginTime);
    }

    public Limits withIdleTime(Duration idleTime) {
        return new Limits(loginBytes, requestBytes, connections, idleTime, loginTime);
    }

    public Limits withLoginTime(Duration loginTime) {
        return new Limits(loginBytes, requestBytes, connections, idleTime, loginTime);
    }
}
