package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;

/**
 * Text on a server that ignores trailing spaces in comparisons, and case under most collations; DuckDB compares code by code. Equal texts
 * are equal under every collation, so {@code =} holds for no fewer rows than in DuckDB. Everything else is asked in a binary collation,
 * in UTF-16 because a COLLATE clause on varchar would change its code page, and with the length where trailing spaces matter.
 */
final class TextPredicates {
    private static final String BINARY = " COLLATE Latin1_General_100_BIN2";

    /** Characters of an nvarchar that is no (max) one. */
    private static final int MAX_CHARS = 4_000;

    private static final char ESCAPE = '\\';

    private final Rules rules;

    TextPredicates(Rules rules) {
        this.rules = rules;
    }

    Tsql compare(Scalar scalar, Comparison comparison, String text) throws Untranslatable {
        checkText(scalar, text);
        Tsql byCollation = Tsql.of("{} " + comparison.sql() + " {}", scalar.sql(), parameter(scalar, text));
        if (rules == Rules.SERVER || rules == Rules.SUPERSET && comparison == Comparison.EQUAL) {
            return byCollation;
        }
        Tsql value = Tsql.value(TypeInfo.nvarchar(text.length() > MAX_CHARS ? TypeInfo.PLP : MAX_CHARS, null), text);
        Tsql length = Tsql.value(TypeInfo.integer(), text.length() * Character.BYTES);
        Tsql unicode = unicode(scalar);
        return switch (comparison) {
            case EQUAL ->
                // The first condition is one that an index can serve.
                Tsql.of(
                        "({} AND {}" + BINARY + " = {} AND DATALENGTH({}) = {})",
                        byCollation,
                        unicode,
                        value,
                        unicode,
                        length);
            case NOT_EQUAL ->
                Tsql.of("({}" + BINARY + " <> {} OR DATALENGTH({}) <> {})", unicode, value, unicode, length);
            default -> throw new Untranslatable("text is ordered by the server's collation");
        };
    }

    Tsql compare(Scalar left, Comparison comparison, Scalar right) throws Untranslatable {
        checkText(left, "");
        checkText(right, "");
        Tsql byCollation = Tsql.of("{} " + comparison.sql() + " {}", left.sql(), right.sql());
        boolean alike = left.type().collation() != null
                && left.type().collation().equals(right.type().collation());
        if (rules == Rules.SERVER && alike) {
            return byCollation;
        }
        Tsql first = unicode(left);
        Tsql second = unicode(right);
        Tsql lengths = Tsql.of("DATALENGTH({}) " + comparison.sql() + " DATALENGTH({})", first, second);
        return switch (comparison) {
            case EQUAL -> Tsql.of("({}" + BINARY + " = {}" + BINARY + " AND {})", first, second, lengths);
            case NOT_EQUAL -> Tsql.of("({}" + BINARY + " <> {}" + BINARY + " OR {})", first, second, lengths);
            default -> throw new Untranslatable("text is ordered by the server's collation");
        };
    }

    /**
     * @param before whether anything may stand before {@code text}
     * @param after whether anything may stand behind it
     */
    Tsql contains(Scalar scalar, String text, boolean before, boolean after, boolean wanted) throws Untranslatable {
        StringBuilder pattern = new StringBuilder(before ? "%" : "");
        text.chars().forEach(c -> literally(pattern, (char) c));
        return like(scalar, pattern.append(after ? "%" : "").toString(), wanted);
    }

    /**
     * @param pattern with DuckDB's wildcards
     * @param escape DuckDB's escape character, or 0
     */
    Tsql like(Scalar scalar, String pattern, char escape, boolean wanted) throws Untranslatable {
        StringBuilder translated = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (escape != 0 && c == escape) {
                if (++i == pattern.length()) {
                    throw new Untranslatable("a pattern that ends with its escape character");
                }
                literally(translated, pattern.charAt(i));
            } else if (c == '_') {
                // One character to DuckDB, but half of one to SQL Server if it lies beyond U+FFFF.
                if (rules == Rules.EXACT || !wanted) {
                    throw new Untranslatable("_ in a pattern");
                }
                if (rules == Rules.SERVER) {
                    translated.append(c);
                } else {
                    anything(translated);
                }
            } else if (c == '%') {
                anything(translated);
            } else {
                literally(translated, c);
            }
        }
        return like(scalar, translated.toString(), wanted);
    }

    private Tsql like(Scalar scalar, String pattern, boolean wanted) throws Untranslatable {
        checkText(scalar, pattern);
        if (pattern.length() > MAX_CHARS) {
            throw new Untranslatable("a pattern of more than " + MAX_CHARS + " characters");
        }
        Tsql text = rules == Rules.SERVER ? scalar.sql() : Tsql.of("{}" + BINARY, unicode(scalar));
        Tsql value = Tsql.value(TypeInfo.nvarchar(MAX_CHARS, null), pattern);
        return Tsql.of("{} " + (wanted ? "LIKE" : "NOT LIKE") + " {} ESCAPE N'" + ESCAPE + "'", text, value);
    }

    /** One of several in a row is enough, and the server would try them all. */
    private static void anything(StringBuilder pattern) {
        int end = pattern.length();
        boolean again = end > 0 && pattern.charAt(end - 1) == '%' && (end == 1 || pattern.charAt(end - 2) != ESCAPE);
        if (!again) {
            pattern.append('%');
        }
    }

    private static void literally(StringBuilder pattern, char c) {
        if (c == '%' || c == '_' || c == '[' || c == ESCAPE) {
            pattern.append(ESCAPE);
        }
        pattern.append(c);
    }

    private static void checkText(Scalar scalar, String text) throws Untranslatable {
        switch (scalar.sqlType()) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR:
                break;
            default:
                throw new Untranslatable("the text of " + scalar.type().toSql());
        }
        if (!scalar.duck().isText()) {
            throw new Untranslatable("a text is compared with " + scalar.duck());
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            // U+FFFD may stand for what the server has otherwise, if such a loss was allowed.
            if (c == 0 || c == 0xFFFD || Character.isSurrogate(c) && !paired) {
                throw new Untranslatable("a text with U+0000 or half of a character in it");
            }
            i += paired ? 1 : 0;
        }
    }

    /** In the column's own family of types where every code page has the text, because that is what an index can be searched for. */
    private static Tsql parameter(Scalar scalar, String text) {
        boolean bytes = scalar.sqlType() == SqlTypeName.CHAR || scalar.sqlType() == SqlTypeName.VARCHAR;
        if (bytes && text.length() <= 8_000 && text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return Tsql.value(TypeInfo.varchar(8_000, scalar.type().collation()), text);
        }
        return Tsql.value(TypeInfo.nvarchar(text.length() > MAX_CHARS ? TypeInfo.PLP : MAX_CHARS, null), text);
    }

    private static Tsql unicode(Scalar scalar) {
        if (scalar.sqlType().isUnicode()) {
            return scalar.sql();
        }
        boolean large = scalar.type().isPlp() || scalar.type().maxLength() > MAX_CHARS;
        return Tsql.of("CAST({} AS nvarchar(" + (large ? "max" : MAX_CHARS) + "))", scalar.sql());
    }
}
