package dev.tidegate.client.event;

/**
 * The end of a connection.
 *
 * @param reason a word for it: CLOSED, BROKEN, or what its pool says
 * @param cause what broke it; null if nothing did
 * @param lifetimeNanos since its login
 * @param bytesReceived over the wire, in all
 * @param bytesSent likewise
 */
public record Ended(String reason, Throwable cause, long lifetimeNanos, long bytesReceived, long bytesSent) {}
