package dev.tidegate.jdbc.sql;

import java.util.Locale;

/** What a statement is by its first word: enough to know whether an identity value can come of it. */
public enum StatementKind {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    OTHER;

    /** Looks past comments, semicolons and opening parentheses; a WITH clause is skipped to the statement that it belongs to. */
    public static StatementKind of(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        int depth = 0;
        boolean with = false;
        while (lexer.nextCode()) {
            if (lexer.isSymbol('(')) {
                depth++;
            } else if (lexer.isSymbol(')')) {
                depth--;
            } else if (lexer.kind() == SqlLexer.Kind.WORD && (depth == 0 || !with)) {
                StatementKind kind = ofWord(lexer.text());
                if (kind != OTHER || !with && !lexer.isWord("WITH")) {
                    return kind;
                }
                with = true;
            }
        }
        return OTHER;
    }

    private static StatementKind ofWord(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "SELECT" -> SELECT;
            case "INSERT" -> INSERT;
            case "UPDATE" -> UPDATE;
            case "DELETE" -> DELETE;
            case "MERGE" -> MERGE;
            default -> OTHER;
        };
    }
}
