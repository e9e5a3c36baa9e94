package dev.tidegate.jdbc.sql;

/** The text of a default or a check constraint, as the server's catalog has it. */
public final class Definition {
    private Definition() {}

    /**
     * Whether what it gives depends on nothing but constants, the row's own columns and the server's own functions, none of which reads a
     * table. Functions of users have a schema before their name, methods a value; so has a sequence, whose numbers do not depend on how
     * rows come, but that is not worth a rule. A false answer is always safe.
     */
    public static boolean readsNoTable(String text) {
        SqlLexer lexer = new SqlLexer(text);
        SqlLexer.Kind before = SqlLexer.Kind.SPACE;
        boolean point = false;
        while (lexer.nextCode()) {
            boolean name = isName(lexer.kind());
            if (name && point || lexer.isSymbol('.') && isName(before) || lexer.isWord("SELECT")) {
                return false;
            }
            point = lexer.isSymbol('.');
            before = lexer.kind();
        }
        return true;
    }

    private static boolean isName(SqlLexer.Kind kind) {
        return kind == SqlLexer.Kind.WORD || kind == SqlLexer.Kind.QUOTED_NAME;
    }
}
