package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;

/** The ENCRYPTION option of PRELOGIN ([MS-TDS] 2.2.6.5). The code of a constant is its ordinal. */
public enum Encryption {
    /** Encryption is available but off: only the login itself is encrypted if both sides say so. */
    OFF,
    /** Encryption is available and on. */
    ON,
    /** The sender cannot encrypt: everything is plain, the login too. */
    NOT_SUPPORTED,
    /** A server's answer: without encryption there is no connection. */
    REQUIRED;

    /** Bit of the option's byte by which a client offers a certificate for itself. */
    static final int CLIENT_CERTIFICATE = 0x80;

    public int code() {
        return ordinal();
    }

    static Encryption ofByte(int value) throws TdsProtocolException {
        int code = value & ~CLIENT_CERTIFICATE;
        if (code >= values().length) {
            throw new TdsProtocolException(
                    "PRELOGIN asks for encryption 0x" + Integer.toHexString(value) + "; 0 to 3 are defined", -1);
        }
        return values()[code];
    }
}
