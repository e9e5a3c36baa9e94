package dev.tidegate.tds.type;

/**
 * A collation as it stands on the wire: five bytes ([MS-TDS] 2.2.5.1.2).
 *
 * @param info LCID in the low 20 bits, then the flags (ignore case, accent, width, kana, binary, binary2, UTF-8) and, in the top four
 *     bits, the version
 * @param sortId SQL collation's sort id, or 0 for a Windows collation
 */
public record Collation(int info, int sortId) {
    /** SQL_Latin1_General_CP1_CI_AS, the default of a server installed in English. */
    public static final Collation DEFAULT = new Collation(0x00D00409, 52);

    /** Latin1_General_100_CI_AS_SC_UTF8. */
    public static final Collation UTF8 = new Collation(0x24D00409, 0);

    public int lcid() {
        return info & 0xFFFFF;
    }

    public boolean isUtf8() {
        return (info & 0x0400_0000) != 0;
    }
}
