package dev.tidegate.tds;

/**
 * The protocol versions that differ on the wire, oldest first ([MS-TDS] 2.2.6.4, TDSVersion of LOGIN7).
 *
 * <p>7.1 is what jTDS speaks: no ALL_HEADERS, 2-byte user types, 4-byte row counts, no PLP.
 */
public enum TdsVersion {
    V7_1(0x71000001),
    V7_2(0x72090002),
    V7_3A(0x730A0003),
    V7_3B(0x730B0003),
    V7_4(0x74000004),
    V8_0(0x08000000);

    /** What a client may send for 7.1 besides the code of its revision 1. */
    private static final int LOWEST = 0x71000000;

    private final int code;

    TdsVersion(int code) {
        this.code = code;
    }

    /** The value that LOGIN7 carries (little-endian there; LOGINACK carries it big-endian). */
    public int code() {
        return code;
    }

    public boolean atLeast(TdsVersion other) {
        return compareTo(other) >= 0;
    }

    /**
     * The version that {@code code} stands for, or the highest known here below it: clients send forms of their own, such as 0x71000000.
     *
     * @throws IllegalArgumentException if {@code code} is below 7.1
     */
    public static TdsVersion ofCode(int code) {
        if (code == V8_0.code) {
            return V8_0;
        }
        if (Integer.compareUnsigned(code, LOWEST) < 0) {
            throw new IllegalArgumentException(
                    "TDS version 0x" + Integer.toHexString(code) + " is not supported; 7.1 is the lowest");
        }
        TdsVersion found = V7_1;
        for (TdsVersion version : values()) {
            if (version != V8_0 && Integer.compareUnsigned(version.code, code) <= 0) {
                found = version;
            }
        }
        return found;
    }
}
