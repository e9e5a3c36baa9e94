package dev.tidegate.tds.type;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of collations and their five bytes, both ways. A Windows collation's name is put together from a designator, a version and the
 * comparison style; SQL collations are a list.
 *
 * <p>The five bytes do not tell whether a version 100 collation knows supplementary characters ({@code _SC}) or any of them variation
 * selectors ({@code _VSS}): two such names have the same bytes, of which the one without the suffix is given.
 */
final class CollationNames {
    private static final Pattern WINDOWS = Pattern.compile(
            "(.+?)(?:_(90|100|140|160))?" + "_(BIN|BIN2|C([IS])_A([IS])(_KS)?(_WS)?(?:_VSS)?(?:_SC)?)(_UTF8)?");

    /** By the number that stands in the top four bits. */
    private static final String[] VERSIONS = {"", "_90", "_100", "_140", "_160"};

    private static final int IGNORE_ALL =
            Collation.IGNORE_CASE | Collation.IGNORE_ACCENT | Collation.IGNORE_WIDTH | Collation.IGNORE_KANA;

    private CollationNames() {}

    static Optional<String> nameOf(Collation collation) {
        if (collation.sortId() != 0) {
            return SqlCollations.nameOf(collation.sortId());
        }
        int version = collation.version();
        return version >= VERSIONS.length
                ? Optional.empty()
                : CollationDesignators.nameOf(collation.lcid(), version)
                        .map(designator -> designator + VERSIONS[version] + style(collation));
    }

    private static String style(Collation collation) {
        String utf8 = collation.isUtf8() ? "_UTF8" : "";
        if ((collation.info() & Collation.BINARY2) != 0) {
            return "_BIN2" + utf8;
        }
        if ((collation.info() & Collation.BINARY) != 0) {
            return "_BIN" + utf8;
        }
        // From version 140 on, all know supplementary characters, and their names do not say so.
        String supplementary = collation.isUtf8() && collation.version() == 2 ? "_SC" : "";
        return (collation.ignoresCase() ? "_CI" : "_CS")
                + (collation.ignoresAccent() ? "_AI" : "_AS")
                + (collation.ignoresKana() ? "" : "_KS")
                + (collation.ignoresWidth() ? "" : "_WS")
                + supplementary
                + utf8;
    }

    static Optional<Collation> collationOf(String name) {
        Optional<Collation> sql = SqlCollations.collationOf(name);
        if (sql.isPresent()) {
            return sql;
        }
        Matcher matcher = WINDOWS.matcher(name.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int version = versionOf(matcher.group(2));
        int flags = flags(matcher) | version << 28;
        return CollationDesignators.lcidOf(matcher.group(1), version).map(lcid -> new Collation(lcid | flags, 0));
    }

    private static int versionOf(String digits) {
        for (int i = 1; i < VERSIONS.length; i++) {
            if (VERSIONS[i].equals("_" + digits)) {
                return i;
            }
        }
        return 0;
    }

    private static int flags(Matcher matcher) {
        int utf8 = matcher.group(8) == null ? 0 : Collation.UTF8_FLAG;
        switch (matcher.group(3)) {
            case "BIN":
                return utf8 | Collation.BINARY;
            case "BIN2":
                return utf8 | Collation.BINARY2;
            default:
        }
        int flags = utf8 | IGNORE_ALL;
        flags ^= matcher.group(4).equals("S") ? Collation.IGNORE_CASE : 0;
        flags ^= matcher.group(5).equals("S") ? Collation.IGNORE_ACCENT : 0;
        flags ^= matcher.group(6) != null ? Collation.IGNORE_KANA : 0;
        return flags ^ (matcher.group(7) != null ? Collation.IGNORE_WIDTH : 0);
    }
}
