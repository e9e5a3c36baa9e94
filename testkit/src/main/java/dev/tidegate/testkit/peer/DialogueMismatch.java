package dev.tidegate.testkit.peer;

import java.util.HexFormat;

/** A client said something else than its script expects. */
public final class DialogueMismatch extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 48;

    DialogueMismatch(String message) {
        super(message);
    }

    DialogueMismatch(String message, Throwable cause) {
        super(message, cause);
    }

    /** The begin of some bytes, for a message. */
    static String shown(byte[] bytes) {
        String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(SHOWN, bytes.length));
        return bytes.length + " bytes: " + hex + (bytes.length > SHOWN ? " …" : "");
    }
}
