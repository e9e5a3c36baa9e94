package dev.tidegate.server.tsql.parse;

import java.util.Locale;
import java.util.Set;

/** The table hints that may stand without WITH. */
final class TableHints {
    private static final Set<String> WORDS = Set.of(
            "NOLOCK",
            "READUNCOMMITTED",
            "READCOMMITTED",
            "READCOMMITTEDLOCK",
            "REPEATABLEREAD",
            "SERIALIZABLE",
            "HOLDLOCK",
            "UPDLOCK",
            "XLOCK",
            "TABLOCK",
            "TABLOCKX",
            "PAGLOCK",
            "ROWLOCK",
            "READPAST",
            "NOWAIT",
            "FORCESEEK",
            "FORCESCAN");

    private TableHints() {}

    static boolean contains(String word) {
        return WORDS.contains(word.toUpperCase(Locale.ROOT));
    }
}
