package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text by DuckDB's lexical rules. Every character belongs to exactly one token, and no text is refused: what DuckDB would not take
 * is for DuckDB to say.
 */
public final class Tokenizer {
    private static final String PUNCTUATION = "()[]{},.;";
    private static final String PREFIXES = "eExXbBnN";

    private final String sql;
    private int at;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    /** All tokens, spaces and comments included. */
    public static List<Token> tokens(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        List<Token> tokens = new ArrayList<>();
        while (tokenizer.at < sql.length()) {
            tokens.add(tokenizer.next());
        }
        return tokens;
    }

    private Token next() {
        int start = at;
        Kind kind = read();
        return new Token(kind, sql.substring(start, at), start);
    }

    private Kind read() {
        char c = sql.charAt(at);
        if (isSpace(c)) {
            skip(Tokenizer::isSpace);
            return Kind.SPACE;
        }
        if (startsComment()) {
            return sql.charAt(at) == '-' ? lineComment() : blockComment();
        }
        if (c == '\'') {
            return quoted('\'', false, Kind.STRING);
        }
        if (c == '"' || c == '`') {
            return quoted(c, false, Kind.QUOTED_NAME);
        }
        if (PREFIXES.indexOf(c) >= 0 && peek(1) == '\'') {
            at++;
            return quoted('\'', c == 'e' || c == 'E', Kind.STRING);
        }
        if (isNameStart(c)) {
            skip(Tokenizer::isNamePart);
            return Kind.WORD;
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            return number();
        }
        if (c == '$') {
            return dollar();
        }
        if (c == '?') {
            at++;
            skip(Tokenizer::isDigit);
            return Kind.PARAMETER;
        }
        if (PUNCTUATION.indexOf(c) >= 0) {
            at++;
            return Kind.PUNCTUATION;
        }
        return operator();
    }

    private boolean startsComment() {
        return sql.startsWith("--", at) || sql.startsWith("/*", at);
    }

    private Kind lineComment() {
        skip(c -> c != '\n' && c != '\r');
        return Kind.COMMENT;
    }

    /** They nest. */
    private Kind blockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        return depth == 0 ? Kind.COMMENT : Kind.UNENDED;
    }

    private Kind quoted(char quote, boolean escapes, Kind kind) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\') {
                at = Math.min(at + 1, sql.length());
            } else if (c == quote) {
                if (peek(0) != quote) {
                    return kind;
                }
                at++;
            }
        }
        return Kind.UNENDED;
    }

    /** A text between two equal tags {@code $…$}, or a parameter. */
    private Kind dollar() {
        int end = at + 1;
        if (isDigit(peek(1))) {
            at++;
            skip(Tokenizer::isDigit);
            return Kind.PARAMETER;
        }
        while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end < sql.length() && sql.charAt(end) == '$') {
            String tag = sql.substring(at, end + 1);
            int close = sql.indexOf(tag, end + 1);
            at = close < 0 ? sql.length() : close + tag.length();
            return close < 0 ? Kind.UNENDED : Kind.STRING;
        }
        Kind kind = end > at + 1 ? Kind.PARAMETER : Kind.OPERATOR;
        at = end;
        return kind;
    }

    private Kind number() {
        if (sql.charAt(at) == '0' && "xXbBoO".indexOf(peek(1)) >= 0) {
            at += 2;
            skip(c -> Character.digit(c, 16) >= 0 || c == '_');
            return Kind.NUMBER;
        }
        skip(Tokenizer::isDigitOrUnderscore);
        if (peek(0) == '.') {
            at++;
            skip(Tokenizer::isDigitOrUnderscore);
        }
        if ((peek(0) == 'e' || peek(0) == 'E')
                && (isDigit(peek(1)) || (peek(1) == '+' || peek(1) == '-') && isDigit(peek(2)))) {
            at += 2;
            skip(Tokenizer::isDigitOrUnderscore);
        }
        return Kind.NUMBER;
    }

    private Kind operator() {
        do {
            at++;
        } while (at < sql.length() && isOperatorPart(sql.charAt(at)) && !startsComment());
        return Kind.OPERATOR;
    }

    private interface Characters {
        boolean contain(char c);
    }

    private void skip(Characters characters) {
        while (at < sql.length() && characters.contain(sql.charAt(at))) {
            at++;
        }
    }

    /** NUL behind the end, which stands for nothing in SQL. */
    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private static boolean isOperatorPart(char c) {
        return !isSpace(c)
                && !isNamePart(c)
                && PUNCTUATION.indexOf(c) < 0
                && c != '\''
                && c != '"'
                && c != '`'
                && c != '?';
    }

    /** DuckDB takes the spaces of Unicode, and marks without width, for spaces. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c >= '\u200B' && c <= '\u200D';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDigitOrUnderscore(char c) {
        return isDigit(c) || c == '_';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80 && !isSpace(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
