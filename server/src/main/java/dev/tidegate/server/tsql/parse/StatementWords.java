package dev.tidegate.server.tsql.parse;

import java.util.Locale;

/** Words that begin a statement although they are not reserved: after a table's name they are no alias. */
final class StatementWords {
    private StatementWords() {}

    static boolean startsStatement(Token token, Token following) {
        if (token.kind() != TokenKind.WORD) {
            return false;
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "THROW" ->
                following.kind() == TokenKind.END || following.isOperator(";") || following.kind() == TokenKind.INTEGER;
            case "OUTPUT", "USING" -> true;
            default -> false;
        };
    }
}
