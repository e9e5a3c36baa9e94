package dev.tidegate.client.settings;

/** A property is unknown, has a value that is not allowed, or does not go with another. The message says which and what is allowed. */
public final class PropertyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PropertyException(String message, Throwable cause) {
        super(message, cause);
    }
}
