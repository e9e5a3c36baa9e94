package dev.tidegate.duckdb.sql;

import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of VALUES in which DEFAULT may stand for columns, which DuckDB takes nowhere but in its own INSERT.
 *
 * @param sql without the columns that DEFAULT stands for
 * @param omitted places of those columns
 * @param isConstant whether there is no query in it
 */
record ValuesList(String sql, Set<Integer> omitted, boolean isConstant) {
    ValuesList {
        omitted = Set.copyOf(omitted);
    }

    /** @param sql begins with VALUES */
    static ValuesList of(String sql) throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        SqlStatement statement = SqlStatement.split(sql).get(0);
        boolean isConstant = statement.tokens().stream()
                .noneMatch(token -> token.isWord("SELECT")
                        || token.isWord("FROM")
                        || token.isWord("TABLE")
                        || token.isWord("DESCRIBE")
                        || token.isWord("SHOW"));
        if (statement.tokens().stream().noneMatch(token -> token.isWord("DEFAULT"))) {
            return new ValuesList(sql, Set.of(), isConstant);
        }
        TokenReader tokens = new TokenReader(statement);
        tokens.accept("VALUES");
        List<List<String>> rows = new ArrayList<>();
        do {
            rows.add(row(tokens));
        } while (tokens.accept(','));
        String rest = tokens.text(tokens.position(), statement.text().length());
        return new ValuesList(without(rows, rest), defaults(rows), isConstant);
    }

    private static List<String> row(TokenReader tokens) throws SQLSyntaxErrorException {
        tokens.expect('(');
        List<String> values = new ArrayList<>();
        do {
            int from = tokens.position();
            int depth = 0;
            while (depth > 0 || !tokens.nextIsPunctuation(',') && !tokens.nextIsPunctuation(')')) {
                depth += TokenReader.depthChange(tokens.take());
            }
            values.add(tokens.text(from, tokens.position()));
        } while (tokens.accept(','));
        tokens.expect(')');
        return values;
    }

    private static boolean isDefault(String value) {
        return value.equalsIgnoreCase("DEFAULT");
    }

    private static Set<Integer> defaults(List<List<String>> rows) throws SQLFeatureNotSupportedException {
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < rows.get(0).size(); i++) {
            int place = i;
            long count = rows.stream()
                    .filter(row -> place < row.size() && isDefault(row.get(place)))
                    .count();
            if (count == rows.size()) {
                found.add(place);
            } else if (count > 0) {
                throw new SQLFeatureNotSupportedException(
                        "INSERT: column " + (place + 1) + " is DEFAULT in some rows only; make a statement of its own"
                                + " of those",
                        "0A000");
            }
        }
        return found;
    }

    private static String without(List<List<String>> rows, String rest) throws SQLFeatureNotSupportedException {
        Set<Integer> omitted = defaults(rows);
        if (omitted.size() == rows.get(0).size()) {
            throw new SQLFeatureNotSupportedException(
                    "INSERT: every value is DEFAULT; write DEFAULT VALUES, once for each row", "0A000");
        }
        String kept = rows.stream()
                .map(row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 0; i < row.size(); i++) {
                        if (!omitted.contains(i)) {
                            values.add(row.get(i));
                        }
                    }
                    return values.stream().collect(Collectors.joining(", ", "(", ")"));
                })
                .collect(Collectors.joining(", ", "VALUES ", ""));
        return rest.isEmpty() ? kept : kept + " " + rest;
    }
}
