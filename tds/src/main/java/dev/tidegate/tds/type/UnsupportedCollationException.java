package dev.tidegate.tds.type;

/** Text under a collation cannot be read or written here, because nobody here knows how it is encoded. */
public final class UnsupportedCollationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnsupportedCollationException(String message) {
        super(message);
    }

    public UnsupportedCollationException(String message, Throwable cause) {
        super(message, cause);
    }
}
