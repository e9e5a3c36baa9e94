package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import java.util.ArrayList;
import java.util.List;

/** A position in a list of tokens, shared by the parsers of one batch. */
final class TokenCursor {
    private final String sql;
    private final List<Token> tokens;
    private int at;

    TokenCursor(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    boolean atEnd() {
        return peek().kind() == TokenKind.END;
    }

    int line() {
        return peek().line();
    }

    boolean at(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).isWord(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAny(String... keywords) {
        for (String keyword : keywords) {
            if (peek().isWord(keyword)) {
                return true;
            }
        }
        return false;
    }

    boolean atOperator(String operator) {
        return peek().isOperator(operator);
    }

    boolean accept(String... keywords) {
        if (!at(keywords)) {
            return false;
        }
        at += keywords.length;
        return true;
    }

    boolean acceptOperator(String operator) {
        if (!atOperator(operator)) {
            return false;
        }
        next();
        return true;
    }

    void expect(String... keywords) throws SqlServerException {
        for (String keyword : keywords) {
            if (!accept(keyword)) {
                throw unexpected();
            }
        }
    }

    void expectOperator(String operator) throws SqlServerException {
        if (!acceptOperator(operator)) {
            throw unexpected();
        }
    }

    boolean atIdentifier() {
        return isIdentifier(peek());
    }

    static boolean isIdentifier(Token token) {
        return token.kind() == TokenKind.QUOTED
                || (token.kind() == TokenKind.WORD && !ReservedWords.contains(token.text()));
    }

    String identifier() throws SqlServerException {
        if (!atIdentifier()) {
            throw unexpected();
        }
        return shortName(next());
    }

    /** A name, or a string where one stands for a name. */
    String name() throws SqlServerException {
        TokenKind kind = peek().kind();
        return kind == TokenKind.STRING || kind == TokenKind.NATIONAL_STRING ? shortName(next()) : identifier();
    }

    private static String shortName(Token token) throws SqlServerException {
        if (token.text().length() > 128) {
            throw KnownError.IDENTIFIER_TOO_LONG.exception(token.text().substring(0, 128));
        }
        return token.text();
    }

    /** Any word: where options have names that are keywords elsewhere. */
    String identifierOrKeyword() throws SqlServerException {
        if (peek().kind() != TokenKind.WORD) {
            throw unexpected();
        }
        return next().text();
    }

    /** One to four parts; empty parts in the middle mean the default ({@code db..t}). */
    ObjectName objectName() throws SqlServerException {
        List<String> parts = new ArrayList<>();
        parts.add(identifier());
        while (acceptOperator(".")) {
            parts.add(atOperator(".") ? "" : identifier());
        }
        if (parts.size() > 4) {
            throw KnownError.TOO_MANY_PREFIXES.exception(String.join(".", parts));
        }
        return new ObjectName(parts);
    }

    List<String> identifierList() throws SqlServerException {
        expectOperator("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(identifier());
        } while (acceptOperator(","));
        expectOperator(")");
        return names;
    }

    String variable() throws SqlServerException {
        if (peek().kind() != TokenKind.VARIABLE) {
            throw unexpected();
        }
        return next().text();
    }

    /** A whole number with an optional sign. */
    long integer() throws SqlServerException {
        boolean negative = acceptOperator("-");
        if (!negative) {
            acceptOperator("+");
        }
        if (peek().kind() != TokenKind.INTEGER) {
            throw unexpected();
        }
        try {
            long value = Long.parseLong((negative ? "-" : "") + peek().text());
            next();
            return value;
        } catch (NumberFormatException beyondBigint) {
            throw unexpected();
        }
    }

    /** The source text between two positions, without the blanks around it. */
    String text(int fromPosition, int toPosition) {
        if (toPosition <= fromPosition) {
            return "";
        }
        return sql.substring(
                tokens.get(fromPosition).start(), tokens.get(toPosition - 1).end());
    }

    /** Skips a parenthesised group; the cursor stands on its opening parenthesis. */
    void skipParentheses() throws SqlServerException {
        expectOperator("(");
        for (int depth = 1; depth > 0; ) {
            if (atEnd()) {
                throw unexpected();
            }
            Token token = next();
            if (token.isOperator("(")) {
                depth++;
            } else if (token.isOperator(")")) {
                depth--;
            }
        }
    }

    /** How many tokens ahead the group ends whose opening parenthesis stands so many ahead; the last token if it does not end. */
    int pastParentheses(int ahead) {
        int depth = 0;
        int i = ahead;
        do {
            if (peek(i).isOperator("(")) {
                depth++;
            } else if (peek(i).isOperator(")")) {
                depth--;
            }
            i++;
        } while (depth > 0 && peek(i).kind() != TokenKind.END);
        return i;
    }

    SqlServerException unexpected() {
        Token token = peek();
        if (token.kind() == TokenKind.END) {
            String last = at > 0 ? tokens.get(at - 1).text() : "";
            return KnownError.INCORRECT_SYNTAX.exception(shorten(last));
        }
        if (token.kind() == TokenKind.WORD && ReservedWords.contains(token.text())) {
            return KnownError.INCORRECT_SYNTAX_KEYWORD.exception(token.text());
        }
        return KnownError.INCORRECT_SYNTAX.exception(shorten(token.text()));
    }

    /** A construct that the server knows but does not run. */
    static SqlServerException unsupported(String what) {
        return KnownError.UNSUPPORTED.exception("Statement or clause '" + what + "' is not supported by this server.");
    }

    private static String shorten(String text) {
        return text.length() > 128 ? text.substring(0, 128) : text;
    }
}
