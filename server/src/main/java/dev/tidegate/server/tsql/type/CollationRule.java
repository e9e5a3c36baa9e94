package dev.tidegate.server.tsql.type;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.util.Locale;
import java.util.regex.Pattern;

/** What of a named collation this server can keep to. Every database has SQL_Latin1_General_CP1_CI_AS. */
public enum CollationRule {
    /** As the database: case does not count. */
    DATABASE,
    /** Case counts for what is equal; the order is not known here. */
    CASE_SENSITIVE,
    /** Texts are equal if their characters are, and ordered as these are numbered. */
    BINARY;

    private static final Pattern VALID =
            Pattern.compile("(SQL_)?[A-Z][A-Z0-9]*(_\\w+)*(_BIN2?|_C[IS]_A[IS](_\\w+)*)(_UTF8)?");
    private static final Pattern AS_DATABASE = Pattern.compile(
            "DATABASE_DEFAULT|CATALOG_DEFAULT|(SQL_LATIN1_GENERAL_CP1|LATIN1_GENERAL(_100)?)_CI_AS(_KS|_WS|_SC)*");

    /**
     * The rule by which texts are compared.
     *
     * @throws SqlServerException 448 for what is no collation, 40510 for one that this server cannot keep to
     */
    public static CollationRule of(String collation) throws SqlServerException {
        String name = collation.toUpperCase(Locale.ROOT);
        if (AS_DATABASE.matcher(name).matches()) {
            return DATABASE;
        }
        if (!VALID.matcher(name).matches()) {
            throw KnownError.INVALID_COLLATION.exception(collation);
        }
        if (name.matches(".*_BIN2?(_UTF8)?")) {
            return BINARY;
        }
        if (name.contains("_CS_AS")) {
            return CASE_SENSITIVE;
        }
        throw KnownError.UNSUPPORTED.exception("COLLATE " + collation + " is not supported by this server: the collations it knows are"
                        + " SQL_Latin1_General_CP1_CI_AS, Latin1_General_CI_AS, and in comparisons those whose names end in"
                        + " _BIN, _BIN2 or _CS_AS.");
    }

    /** @throws SqlServerException 448 or 40510 if a column cannot have the collation */
    public static void checkColumn(String collation) throws SqlServerException {
        if (of(collation) != DATABASE) {
            throw KnownError.UNSUPPORTED.exception("Columns with COLLATE " + collation + " are not supported by this server: all have"
                            + " SQL_Latin1_General_CP1_CI_AS. COLLATE may stand in a comparison or in ORDER BY.");
        }
    }
}
