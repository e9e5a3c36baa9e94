package dev.tidegate.jdbc.sql;

/**
 * Cuts T-SQL text into the few kinds of pieces that matter for parameter markers and JDBC escapes, and never looks into strings, quoted
 * names and comments. Text that ends inside one of these is one piece to the end: the server reports it better than we could.
 *
 * <p>Used as a cursor: {@link #next}, then {@link #kind}, {@link #start}, {@link #end}. Not thread-safe.
 */
final class SqlLexer {
    /** What a piece is. */
    enum Kind {
        SPACE,
        COMMENT,
        STRING,
        QUOTED_NAME,
        WORD,
        NUMBER,
        MARKER,
        SYMBOL
    }

    private final String sql;
    private int start;
    private int end;
    private Kind kind = Kind.SPACE;

    SqlLexer(String sql) {
        this(sql, 0);
    }

    SqlLexer(String sql, int from) {
        this.sql = sql;
        this.start = from;
        this.end = from;
    }

    /** Moves to the next piece; false at the end of the text. */
    boolean next() {
        start = end;
        if (start >= sql.length()) {
            return false;
        }
        char c = sql.charAt(start);
        if (Character.isWhitespace(c)) {
            kind = Kind.SPACE;
            end = endOfSpace();
        } else if (c == '\'') {
            kind = Kind.STRING;
            end = endOfQuoted('\'');
        } else if (c == '"') {
            kind = Kind.QUOTED_NAME;
            end = endOfQuoted('"');
        } else if (c == '[') {
            kind = Kind.QUOTED_NAME;
            end = endOfQuoted(']');
        } else if (sql.startsWith("--", start)) {
            kind = Kind.COMMENT;
            end = endOfLine();
        } else if (sql.startsWith("/*", start)) {
            kind = Kind.COMMENT;
            end = endOfBlockComment();
        } else if (c == '?') {
            kind = Kind.MARKER;
            end = start + 1;
        } else if (isWordStart(c)) {
            kind = Kind.WORD;
            end = endOfWord();
        } else if (c >= '0' && c <= '9') {
            kind = Kind.NUMBER;
            end = endOfWord();
        } else {
            kind = Kind.SYMBOL;
            end = start + 1;
        }
        return true;
    }

    /** Moves to the next piece that is neither space nor comment; false at the end of the text. */
    boolean nextCode() {
        while (next()) {
            if (kind != Kind.SPACE && kind != Kind.COMMENT) {
                return true;
            }
        }
        return false;
    }

    Kind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    String text() {
        return sql.substring(start, end);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && sql.charAt(start) == symbol;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD
                && end - start == word.length()
                && sql.regionMatches(true, start, word, 0, word.length());
    }

    private int endOfSpace() {
        int at = start + 1;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A closing quote that is doubled stands for itself. */
    private int endOfQuoted(char close) {
        int at = start + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) == close) {
                if (at + 1 < sql.length() && sql.charAt(at + 1) == close) {
                    at++;
                } else {
                    return at + 1;
                }
            }
            at++;
        }
        return at;
    }

    private int endOfLine() {
        int at = start + 2;
        while (at < sql.length() && sql.charAt(at) != '\n') {
            at++;
        }
        return at;
    }

    /** Block comments nest in T-SQL. */
    private int endOfBlockComment() {
        int depth = 1;
        int at = start + 2;
        while (at < sql.length() && depth > 0) {
            if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    private int endOfWord() {
        int at = start + 1;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '@' || c == '#' || Character.isSurrogate(c);
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || Character.isDigit(c) || c == '$';
    }
}
