package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;

/** Finds where expressions end, whatever stands in them, and takes assignments apart. */
final class ExpressionReader {
    private final TokenReader tokens;

    ExpressionReader(TokenReader tokens) {
        this.tokens = tokens;
    }

    /** The text up to one of these words or marks that stands outside of all parentheses and CASE … END, or to the end. */
    String text(String... ends) throws SQLSyntaxErrorException {
        int from = tokens.position();
        int to = from;
        int depth = 0;
        Token before = null;
        while (!tokens.atEnd() && !(depth == 0 && isOne(tokens.peek(0), before, ends))) {
            boolean afterDot = before != null && before.isPunctuation('.');
            before = tokens.take();
            depth += TokenReader.depthChange(before);
            if (!afterDot) {
                depth += before.isWord("CASE") ? 1 : before.isWord("END") && depth > 0 ? -1 : 0;
            }
            to = before.end();
        }
        if (to == from) {
            throw tokens.error("an expression");
        }
        return tokens.text(from, to);
    }

    /** IS DISTINCT FROM is none. */
    private static boolean isOne(Token token, Token before, String... ends) {
        for (String end : ends) {
            boolean is = end.length() == 1 ? token.isPunctuation(end.charAt(0)) : token.isWord(end);
            if (is && !(end.equals("FROM") && before != null && before.isWord("DISTINCT"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What stands behind SET.
     *
     * @param ends words by which the last value ends
     */
    List<Assigned> assignments(String... ends) throws SQLException {
        String[] all = new String[ends.length + 1];
        all[0] = ",";
        System.arraycopy(ends, 0, all, 1, ends.length);
        List<Assigned> values = new ArrayList<>();
        do {
            if (tokens.nextIsPunctuation('(')) {
                several(values);
            } else {
                String column = tokens.name("a column");
                equals();
                values.add(assigned(column, text(all)));
            }
        } while (tokens.accept(','));
        return values;
    }

    /** {@code (a, b) = (1, 2)}. */
    private void several(List<Assigned> values) throws SQLException {
        List<String> columns = new ColumnReader(tokens).names();
        equals();
        tokens.accept("ROW");
        List<String> given = list();
        if (columns.size() != given.size()) {
            throw new SQLFeatureNotSupportedException(
                    "UPDATE: " + columns.size() + " columns are set to " + given.size()
                            + " values; a query gives its values one at a time here",
                    "0A000");
        }
        for (int i = 0; i < columns.size(); i++) {
            values.add(assigned(columns.get(i), given.get(i)));
        }
    }

    /** {@code (1, f(2))}. */
    List<String> list() throws SQLSyntaxErrorException {
        List<String> given = new ArrayList<>();
        tokens.expect('(');
        do {
            given.add(text(",", ")"));
        } while (tokens.accept(','));
        tokens.expect(')');
        return given;
    }

    private static Assigned assigned(String column, String value) {
        return new Assigned(column, orDefault(value));
    }

    /** @return null for DEFAULT */
    static String orDefault(String value) {
        return value.equalsIgnoreCase("DEFAULT") ? null : value;
    }

    private void equals() throws SQLSyntaxErrorException {
        if (tokens.peek(0) == null || !tokens.peek(0).isOperator("=")) {
            throw tokens.error("'='");
        }
        tokens.take();
    }
}
