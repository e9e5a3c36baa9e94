package dev.tidegate.tds.token;

/** A row begins; the reader stands on its first byte ([MS-TDS] 2.2.7.20 and 2.2.7.15). */
public enum RowMarker implements Token {
    ROW,
    /** Null bitmap compressed: a bitmap of the NULL columns comes first. */
    NBCROW;

    /** The row that begins with this byte; null if another token does. */
    public static RowMarker ofToken(byte first) {
        return (first & 0xFF) == TokenType.ROW ? ROW : (first & 0xFF) == TokenType.NBCROW ? NBCROW : null;
    }
}
