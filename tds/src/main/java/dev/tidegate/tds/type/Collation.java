package dev.tidegate.tds.type;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;

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

    static final int IGNORE_CASE = 1 << 20;
    static final int IGNORE_ACCENT = 1 << 21;
    static final int IGNORE_WIDTH = 1 << 22;
    static final int IGNORE_KANA = 1 << 23;
    static final int BINARY = 1 << 24;
    static final int BINARY2 = 1 << 25;
    static final int UTF8_FLAG = 1 << 26;

    public static Collation read(TdsReader in) throws IOException {
        int info = in.readInt();
        return new Collation(info, in.readUnsignedByte());
    }

    /** Writes the five bytes; zeros for null, which stands for the default of the database. */
    public static void write(TdsWriter out, Collation collation) throws IOException {
        out.writeInt(collation == null ? 0 : collation.info);
        out.writeByte(collation == null ? 0 : collation.sortId);
    }

    public int lcid() {
        return info & 0xFFFFF;
    }

    /** Version of a Windows collation: 0 for 80, 1 for 90, 2 for 100, 3 for 140, 4 for 160. */
    public int version() {
        return info >>> 28;
    }

    public boolean ignoresCase() {
        return (info & IGNORE_CASE) != 0;
    }

    public boolean ignoresAccent() {
        return (info & IGNORE_ACCENT) != 0;
    }

    public boolean ignoresWidth() {
        return (info & IGNORE_WIDTH) != 0;
    }

    public boolean ignoresKana() {
        return (info & IGNORE_KANA) != 0;
    }

    /** Compares by code: the names that end in _BIN and _BIN2. */
    public boolean isBinary() {
        return (info & (BINARY | BINARY2)) != 0;
    }

    public boolean isUtf8() {
        return (info & UTF8_FLAG) != 0;
    }

    /**
     * The Windows code page of char, varchar and text under this collation: 65001 for UTF-8.
     *
     * @throws UnsupportedCollationException if the sort id or the locale is unknown, or has no code page
     */
    public int codePage() {
        return CodePages.codePage(this);
    }

    /**
     * How char, varchar and text are encoded under this collation.
     *
     * @throws UnsupportedCollationException if the code page is unknown, or this Java runtime lacks it
     */
    public Charset charset() {
        return CodePages.charset(codePage());
    }

    /** The name by which T-SQL knows the collation, if it is one of those known here. */
    public Optional<String> name() {
        return CollationNames.nameOf(this);
    }

    /**
     * The collation of a T-SQL name; not case-sensitive.
     *
     * @return empty if the name is not one of those known here
     */
    public static Optional<Collation> ofName(String name) {
        return CollationNames.collationOf(name);
    }
}
