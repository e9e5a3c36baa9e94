package dev.tidegate.jdbc.sql;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;

/**
 * Turns JDBC escapes (<code>{d …} {t …} {ts …} {fn …} {oj …} {escape …} {call …}</code>, JDBC 4.3 section 13.4) into T-SQL. Braces inside
 * strings, quoted names and comments are left alone.
 */
public final class JdbcEscapes {
    /** Deeper nesting than this is a mistake, or an attempt to exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    private JdbcEscapes() {}

    /**
     * @return the same text if it has no escapes
     * @throws SQLException if an escape is not closed, or not known
     */
    public static String translate(String sql) throws SQLException {
        return translate(sql, 0);
    }

    static String translate(String sql, int depth) throws SQLException {
        if (sql.indexOf('{') < 0) {
            return sql;
        }
        if (depth > MAX_DEPTH) {
            throw syntax("JDBC escapes are nested deeper than " + MAX_DEPTH);
        }
        StringBuilder out = new StringBuilder(sql.length() + 16);
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.next()) {
            if (lexer.isSymbol('{')) {
                int open = lexer.start();
                int close = closingBrace(sql, lexer);
                out.append(escape(sql.substring(open + 1, close), depth));
            } else {
                out.append(sql, lexer.start(), lexer.end());
            }
        }
        return out.toString();
    }

    /** Leaves the lexer behind the brace that closes the one it stands on. */
    private static int closingBrace(String sql, SqlLexer lexer) throws SQLException {
        int open = lexer.start();
        int depth = 1;
        while (lexer.next()) {
            if (lexer.isSymbol('{')) {
                depth++;
            } else if (lexer.isSymbol('}') && --depth == 0) {
                return lexer.start();
            }
        }
        throw syntax("the JDBC escape at offset " + open + " is not closed: "
                + sql.substring(open, Math.min(sql.length(), open + 40)));
    }

    private static String escape(String body, int depth) throws SQLException {
        SqlLexer lexer = new SqlLexer(body);
        if (!lexer.nextCode()) {
            throw syntax("{} is an empty JDBC escape");
        }
        if (lexer.kind() == SqlLexer.Kind.MARKER || lexer.isWord("call")) {
            return CallEscape.parse("{" + body + "}")
                    .orElseThrow(() -> syntax("{" + body + "} is not a call"))
                    .toExec();
        }
        String keyword = lexer.text().toLowerCase(Locale.ROOT);
        String rest = body.substring(lexer.end()).trim();
        return switch (keyword) {
            case "d" -> DateTimeEscapes.date(rest);
            case "t" -> DateTimeEscapes.time(rest);
            case "ts" -> DateTimeEscapes.timestamp(rest);
            case "fn" -> ScalarFunctions.translate(rest, depth + 1);
            case "oj" -> translate(rest, depth + 1);
            case "escape" -> "ESCAPE " + rest;
            case "limit" ->
                throw new SQLFeatureNotSupportedException(
                        "the JDBC escape {limit …} has no counterpart in T-SQL: use TOP, or OFFSET … FETCH", "0A000");
            default ->
                throw syntax("{" + keyword + " …} is not a JDBC escape; known are d, t, ts, fn, oj, escape, call");
        };
    }

    static SQLException syntax(String message) {
        return new java.sql.SQLSyntaxErrorException(message, "42000");
    }
}
