package dev.tidegate.client.column;

import java.util.Locale;

/** What a copy may lose when the target cannot hold a value as it is. Whatever is not allowed is an error. */
public enum Loss {
    /** Digits of the second that the target has no room for are cut off. */
    TIME,
    /** The offset of a datetimeoffset is dropped; the instant stays. */
    OFFSET,
    /** Text and bytes longer than their column are cut; an unpaired surrogate becomes U+FFFD. */
    TEXT,
    /** NaN and the infinities become NULL. */
    NAN,
    /** A number is rounded to the digits that its column has, half away from zero. */
    DIGITS;

    /** How to allow it, for messages: in Java, and with {@code tidegate copy}. */
    public String hint() {
        return "Loss." + name() + ", --lossy " + name().toLowerCase(Locale.ROOT);
    }
}
