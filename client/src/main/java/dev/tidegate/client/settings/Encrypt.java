package dev.tidegate.client.settings;

/** What of a connection is encrypted; the values of the property {@code encrypt}. */
public enum Encrypt {
    /** Everything, by TLS within TDS 7.4, or no connection. */
    TRUE,
    /** The login if the server can, the rest only if the server insists. */
    FALSE,
    /** Everything, by TLS before the first byte of TDS (TDS 8.0). */
    STRICT
}
