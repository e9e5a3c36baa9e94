package dev.tidegate.jdbc.sql;

import java.util.Locale;
import java.util.Set;

/** The text of a default or a check constraint, as the server's catalog has it. */
public final class Definition {
    /**
     * What differs between a statement for each row and one for all: numbers that a statement draws once, what the session has done before,
     * and the transaction it is in. A global variable, {@code @@…}, is one of these.
     */
    private static final Set<String> OF_THE_STATEMENT = Set.of(
            "RAND",
            "SCOPE_IDENTITY",
            "IDENT_CURRENT",
            "ROWCOUNT_BIG",
            "XACT_STATE",
            "CURRENT_TRANSACTION_ID",
            "MIN_ACTIVE_ROWVERSION",
            "NEXT");

    private Definition() {}

    /**
     * Whether what it gives depends on nothing but constants, the row's own columns and those of the server's own functions that give a
     * row the same whether it comes alone or with others; none of them reads a table. Functions of users have a schema before their name,
     * methods a value; so has a sequence, whose numbers do not depend on how rows come, but that is not worth a rule. A false answer is
     * always safe.
     */
    public static boolean dependsOnNoOtherRow(String text) {
        SqlLexer lexer = new SqlLexer(text);
        boolean point = false;
        while (lexer.nextCode()) {
            if (point && isName(lexer.kind()) || isOfTheStatement(lexer)) {
                return false;
            }
            point = lexer.isSymbol('.');
        }
        return true;
    }

    private static boolean isOfTheStatement(SqlLexer lexer) {
        if (lexer.kind() != SqlLexer.Kind.WORD) {
            return false;
        }
        String word = lexer.text().toUpperCase(Locale.ROOT);
        return word.equals("SELECT") || word.startsWith("@@") || OF_THE_STATEMENT.contains(word);
    }

    private static boolean isName(SqlLexer.Kind kind) {
        return kind == SqlLexer.Kind.WORD || kind == SqlLexer.Kind.QUOTED_NAME;
    }
}
