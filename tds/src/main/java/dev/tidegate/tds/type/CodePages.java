package dev.tidegate.tds.type;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * From a collation to its code page, and from that to Java's charset. SQL collations have it by sort id, Windows collations by locale:
 * most languages have one code page, a few have one for each script.
 */
final class CodePages {
    static final int UTF_8 = 65_001;

    private static final int UNICODE_ONLY = 0;
    private static final int UNKNOWN = -1;

    private CodePages() {}

    static int codePage(Collation collation) {
        if (collation.isUtf8()) {
            return UTF_8;
        }
        int sortId = collation.sortId();
        int found = sortId == 0 ? ofLanguage(collation.lcid() & 0xFFFF) : ofSortId(sortId);
        if (found == UNKNOWN) {
            throw new UnsupportedCollationException(
                    sortId == 0
                            ? String.format("locale 0x%05X of a collation is unknown", collation.lcid())
                            : "sort id " + sortId + " of a collation is unknown");
        }
        if (found == UNICODE_ONLY) {
            throw new UnsupportedCollationException(String.format(
                    "locale 0x%05X has no code page: its collations are for nchar and nvarchar only",
                    collation.lcid()));
        }
        return found;
    }

    static Charset charset(int codePage) {
        if (codePage == 1252) {
            return Latin1252.CHARSET;
        }
        if (codePage == UTF_8) {
            return StandardCharsets.UTF_8;
        }
        String name = javaName(codePage);
        try {
            return Charset.forName(name);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            throw new UnsupportedCollationException(
                    "this Java runtime lacks charset " + name + " for code page " + codePage
                            + "; use one with the module jdk.charsets",
                    e);
        }
    }

    /** True for the charsets that most columns have, in which bytes of 0 to 127 are ASCII; false for one that would have to be looked at. */
    static boolean surelyKeepsAscii(Charset charset) {
        return charset == Latin1252.CHARSET || charset == StandardCharsets.UTF_8;
    }

    /** Those that most columns have, found once. */
    private static final class Latin1252 {
        static final Charset CHARSET = Charset.forName("windows-1252");
    }

    private static String javaName(int codePage) {
        return switch (codePage) {
            case 437 -> "IBM437";
            case 850 -> "IBM850";
            case 874 -> "x-windows-874";
            case 932 -> "windows-31j";
            case 936 -> "x-mswin-936";
            case 949 -> "x-windows-949";
            case 950 -> "x-windows-950";
            default -> "windows-" + codePage;
        };
    }

    /** Sort orders of SQL collations ([MS-TDS] 2.2.5.1.2, and the server's list of collations). */
    private static int ofSortId(int id) {
        if (id >= 30 && id <= 35) {
            return 437;
        } else if (id >= 40 && id <= 45 || id == 49 || id >= 55 && id <= 61) {
            return 850;
        } else if (id >= 50 && id <= 54 || id >= 71 && id <= 75 || id >= 183 && id <= 186 || id >= 210 && id <= 221) {
            return 1252;
        } else if (id >= 80 && id <= 98) {
            return 1250;
        } else if (id >= 104 && id <= 108) {
            return 1251;
        } else if (id >= 112 && id <= 114 || id >= 120 && id <= 124) {
            return 1253;
        } else if (id >= 128 && id <= 130) {
            return 1254;
        } else if (id >= 136 && id <= 138) {
            return 1255;
        } else if (id >= 144 && id <= 146) {
            return 1256;
        } else if (id >= 152 && id <= 160) {
            return 1257;
        }
        return switch (id) {
            case 192, 193, 200 -> 932;
            case 194, 195, 201 -> 949;
            case 196, 197, 202 -> 950;
            case 198, 199, 203 -> 936;
            case 204, 205, 206 -> 874;
            default -> UNKNOWN;
        };
    }

    /** By language id: primary language in the low ten bits, the country or script above. */
    private static int ofLanguage(int id) {
        return switch (id & 0x3FF) {
            // Zeros stand for the default of the server, which has to be guessed.
            case 0x00 -> id == 0 ? 1252 : UNKNOWN;
            case 0x04 -> chinese(id);
            case 0x1A -> southSlavic(id);
            case 0x2C -> id == 0x082C ? 1251 : 1254;
            case 0x43 -> id == 0x0843 ? 1251 : 1254;
            case 0x5F -> id == 0x085F ? 1252 : UNICODE_ONLY;
            case 0x1E -> 874;
            case 0x11 -> 932;
            case 0x12 -> 949;
            case 0x05, 0x0E, 0x15, 0x18, 0x1B, 0x1C, 0x24, 0x42 -> 1250;
            case 0x02, 0x19, 0x22, 0x23, 0x28, 0x2F, 0x3F, 0x40, 0x44, 0x50, 0x6D, 0x85 -> 1251;
            case 0x03, 0x06, 0x07, 0x09, 0x0A, 0x0B, 0x0C, 0x0F, 0x10, 0x13, 0x14, 0x16, 0x17, 0x1D -> 1252;
            case 0x21, 0x2D, 0x2E, 0x32, 0x34, 0x35, 0x36, 0x38, 0x3B, 0x3C, 0x3E, 0x41, 0x52, 0x56 -> 1252;
            // Windows has no code page for these five; SQL Server takes that of Western Europe.
            case 0x2B, 0x37, 0x5D, 0x5E, 0x78 -> 1252;
            case 0x62, 0x64, 0x67, 0x68, 0x6A, 0x6B, 0x6C, 0x6E, 0x6F, 0x70, 0x7A, 0x7C, 0x7E -> 1252;
            case 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x91 -> 1252;
            case 0x08 -> 1253;
            case 0x1F -> 1254;
            case 0x0D -> 1255;
            case 0x01, 0x20, 0x29, 0x59, 0x80, 0x8C, 0x92 -> 1256;
            case 0x25, 0x26, 0x27 -> 1257;
            case 0x2A -> 1258;
            case 0x39, 0x3A, 0x3D, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E -> UNICODE_ONLY;
            case 0x4F, 0x51, 0x53, 0x54, 0x55, 0x57, 0x58, 0x5A, 0x5B, 0x5C, 0x60, 0x61, 0x63, 0x65 -> UNICODE_ONLY;
            case 0x73, 0x81 -> UNICODE_ONLY;
            default -> UNKNOWN;
        };
    }

    private static int chinese(int id) {
        return switch (id) {
            case 0x0004, 0x0804, 0x1004 -> 936;
            default -> 950;
        };
    }

    /** Croatian, Bosnian and Serbian: Latin script, except in these. */
    private static int southSlavic(int id) {
        return switch (id) {
            case 0x0C1A, 0x1C1A, 0x201A, 0x281A, 0x301A, 0x641A, 0x6C1A -> 1251;
            default -> 1250;
        };
    }
}
