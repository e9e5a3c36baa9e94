package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.util.ArrayList;
import java.util.List;

/** Cuts T-SQL into tokens; comments (nested ones too) and white space are left out. Used once, by one thread. */
public final class Scanner {
    private static final List<String> LONG_OPERATORS =
            List.of("<=", ">=", "<>", "!=", "!<", "!>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "::");
    private static final String OPERATORS = "+-*/%&|^~=<>!(),;.:{}";
    private static final String CURRENCY = "$£¤¥€";

    private final String sql;
    private final boolean quotedIdentifiers;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Scanner(String sql, boolean quotedIdentifiers) {
        this.sql = sql;
        this.quotedIdentifiers = quotedIdentifiers;
    }

    /**
     * @param quotedIdentifiers whether double quotes hold identifiers (SET QUOTED_IDENTIFIER ON) or strings
     * @return the tokens, the last of kind END
     * @throws SqlServerException 105 or 113 if a quote or comment is not closed, 102 for a character that cannot stand there
     */
    public static List<Token> scan(String sql, boolean quotedIdentifiers) throws SqlServerException {
        Scanner scanner = new Scanner(sql, quotedIdentifiers);
        scanner.run();
        return scanner.tokens;
    }

    private void run() throws SqlServerException {
        while (true) {
            skipBlanks();
            if (at >= sql.length()) {
                tokens.add(new Token(TokenKind.END, "", at, at, line));
                return;
            }
            token();
        }
    }

    private void skipBlanks() throws SqlServerException {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF' || c == 0) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() throws SqlServerException {
        int depth = 0;
        do {
            if (at >= sql.length()) {
                throw KnownError.UNCLOSED_COMMENT.exception();
            }
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                if (sql.charAt(at) == '\n') {
                    line++;
                }
                at++;
            }
        } while (depth > 0);
    }

    private void token() throws SqlServerException {
        char c = sql.charAt(at);
        char next = at + 1 < sql.length() ? sql.charAt(at + 1) : 0;
        if (c == '\'') {
            quoted(TokenKind.STRING, at, '\'');
        } else if ((c == 'N' || c == 'n') && next == '\'') {
            at++;
            quoted(TokenKind.NATIONAL_STRING, at - 1, '\'');
        } else if (c == '[') {
            quoted(TokenKind.QUOTED, at, ']');
        } else if (c == '"') {
            quoted(quotedIdentifiers ? TokenKind.QUOTED : TokenKind.STRING, at, '"');
        } else if (c == '0' && (next == 'x' || next == 'X')) {
            binary();
        } else if (isDigit(c) || (c == '.' && isDigit(next))) {
            number();
        } else if (CURRENCY.indexOf(c) >= 0 && (c != '$' || !isWordStart(next))) {
            money();
        } else if (isWordStart(c) || c == '$') {
            // $action and $partition are the only words that a currency sign may begin.
            word();
        } else {
            operator();
        }
    }

    private void quoted(TokenKind kind, int start, char close) throws SqlServerException {
        int startLine = line;
        StringBuilder text = new StringBuilder();
        at++;
        while (true) {
            int end = sql.indexOf(close, at);
            if (end < 0) {
                String rest = sql.substring(at, Math.min(sql.length(), at + 128));
                throw KnownError.UNCLOSED_QUOTE.exception(rest);
            }
            text.append(sql, at, end);
            at = end + 1;
            if (at < sql.length() && sql.charAt(at) == close) {
                text.append(close);
                at++;
            } else {
                break;
            }
        }
        for (int i = start; i < at; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
            }
        }
        tokens.add(new Token(kind, text.toString(), start, at, startLine));
    }

    private void binary() {
        int start = at;
        at += 2;
        StringBuilder digits = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.digit(c, 16) >= 0) {
                digits.append(c);
                at++;
            } else if (c == '\\' && sql.startsWith("\\\n", at)) {
                at += 2;
                line++;
            } else {
                break;
            }
        }
        add(TokenKind.BINARY, digits.toString(), start);
    }

    private void number() {
        TokenKind kind = TokenKind.INTEGER;
        int from = at;
        at = digits(at);
        if (at < sql.length() && sql.charAt(at) == '.') {
            kind = TokenKind.DECIMAL;
            at = digits(at + 1);
        }
        if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < sql.length() && (sql.charAt(exponent) == '+' || sql.charAt(exponent) == '-')) {
                exponent++;
            }
            kind = TokenKind.FLOAT;
            at = digits(exponent);
        }
        add(kind, sql.substring(from, at), from);
    }

    private void money() {
        int start = at;
        at++;
        int sign = at;
        if (at < sql.length()
                && (sql.charAt(at) == '-' || sql.charAt(at) == '+')
                && at + 1 < sql.length()
                && isDigit(sql.charAt(at + 1))) {
            at++;
        }
        int from = at;
        while (at < sql.length() && (isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        String digits = sql.substring(from, at);
        String text = (from > sign && sql.charAt(sign) == '-' ? "-" : "") + (digits.isEmpty() ? "0" : digits);
        add(TokenKind.MONEY, text, start);
    }

    private int digits(int from) {
        int end = from;
        while (end < sql.length() && isDigit(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        String text = sql.substring(start, at);
        TokenKind kind =
                text.startsWith("@@") ? TokenKind.GLOBAL : text.startsWith("@") ? TokenKind.VARIABLE : TokenKind.WORD;
        add(kind, text, start);
    }

    private void operator() throws SqlServerException {
        for (String operator : LONG_OPERATORS) {
            if (sql.startsWith(operator, at)) {
                at += 2;
                add(TokenKind.OPERATOR, operator.equals("!=") ? "<>" : operator, at - 2);
                return;
            }
        }
        char c = sql.charAt(at);
        if (OPERATORS.indexOf(c) < 0) {
            throw KnownError.INCORRECT_SYNTAX.exception(c);
        }
        at++;
        add(TokenKind.OPERATOR, String.valueOf(c), at - 1);
    }

    private void add(TokenKind kind, String text, int start) {
        tokens.add(new Token(kind, text, start, at, line));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '@' || c == '#';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '@' || c == '#' || c == '$' || Character.isSurrogate(c);
    }
}
