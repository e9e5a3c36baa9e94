package dev.tidegate.server.tsql.parse;

/**
 * A token of T-SQL.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 * @param line from 1
 */
public record Token(TokenKind kind, String text, int start, int end, int line) {
    public boolean isWord(String keyword) {
        return kind == TokenKind.WORD && text.equalsIgnoreCase(keyword);
    }

    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && text.equals(operator);
    }
}
