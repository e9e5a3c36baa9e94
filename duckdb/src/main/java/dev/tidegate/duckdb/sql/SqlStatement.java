package dev.tidegate.duckdb.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a text.
 *
 * @param text as it was written, with its spaces and comments, without the semicolon
 * @param tokens the significant ones; their positions are those in {@link #text}
 */
public record SqlStatement(String text, List<Token> tokens) {
    public SqlStatement {
        tokens = List.copyOf(tokens);
    }

    /** The statements of a text, in order. What holds nothing but spaces and comments is none. */
    public static List<SqlStatement> split(String sql) {
        List<SqlStatement> statements = new ArrayList<>();
        List<Token> significant = new ArrayList<>();
        int start = 0;
        for (Token token : Tokenizer.tokens(sql)) {
            if (token.isPunctuation(';')) {
                add(statements, sql.substring(start, token.start()), significant);
                start = token.end();
            } else if (token.isSignificant()) {
                significant.add(new Token(token.kind(), token.text(), token.start() - start));
            }
        }
        add(statements, sql.substring(start), significant);
        return statements;
    }

    private static void add(List<SqlStatement> statements, String text, List<Token> significant) {
        if (!significant.isEmpty()) {
            statements.add(new SqlStatement(text, significant));
            significant.clear();
        }
    }

    /** Whether it begins with this word. */
    public boolean begins(String word) {
        return tokens.get(0).isWord(word);
    }
}
