package dev.tidegate.jdbc.sql;

/**
 * A statement whose {@code ?} markers have become the names {@code @P0}, {@code @P1}, …
 *
 * @param text the statement as the server gets it
 * @param parameters how many markers there were
 */
public record MarkedSql(String text, int parameters) {
    /** Names the markers outside strings, quoted names and comments. */
    public static MarkedSql of(String sql) {
        if (sql.indexOf('?') < 0) {
            return new MarkedSql(sql, 0);
        }
        StringBuilder out = new StringBuilder(sql.length() + 16);
        SqlLexer lexer = new SqlLexer(sql);
        int count = 0;
        while (lexer.next()) {
            if (lexer.kind() == SqlLexer.Kind.MARKER) {
                out.append(nameOf(count++));
                if (lexer.end() < sql.length() && Character.isLetterOrDigit(sql.charAt(lexer.end()))) {
                    out.append(' ');
                }
            } else {
                out.append(sql, lexer.start(), lexer.end());
            }
        }
        return new MarkedSql(out.toString(), count);
    }

    /** @param index of the parameter, from 0 */
    public static String nameOf(int index) {
        return "@P" + index;
    }
}
