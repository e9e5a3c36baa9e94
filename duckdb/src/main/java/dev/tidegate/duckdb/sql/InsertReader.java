package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.LoadStatement.Insert;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes apart {@code [WITH …] INSERT INTO t [AS alias] [(a, b)] [BY NAME|BY POSITION] query|VALUES …|DEFAULT VALUES [RETURNING …]}. What
 * else may happen to rows that are there already (OR REPLACE, OR IGNORE, ON CONFLICT) is for others.
 */
public final class InsertReader {
    private InsertReader() {}

    /** @return empty for every other statement, those that may change rows included */
    public static Optional<Insert> read(SqlStatement statement)
            throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        TokenReader tokens = new TokenReader(statement);
        int start = tokens.position();
        String prefix = "";
        if (statement.begins("WITH")) {
            if (!tokens.skipTo("INSERT", "INTO")) {
                return Optional.empty();
            }
            prefix = tokens.text(start, tokens.position());
        }
        if (!tokens.accept("INSERT", "INTO") || !tokens.nextIsName()) {
            return Optional.empty();
        }
        QualifiedName target = tokens.qualifiedName("a table");
        if (tokens.accept("AS")) {
            tokens.name("an alias");
        }
        List<String> columns = tokens.acceptNames().orElse(List.of());
        boolean byName = tokens.accept("BY", "NAME");
        if (!byName) {
            tokens.accept("BY", "POSITION");
        }
        boolean defaults = tokens.accept("DEFAULT", "VALUES");
        int from = tokens.position();
        Token first = tokens.peek(0);
        boolean isValues = first != null && first.isWord("VALUES");
        if (isConflict(tokens)) {
            return Optional.empty();
        }
        int to = statement.text().length();
        String returning = null;
        if (tokens.skipTo("RETURNING")) {
            to = tokens.position();
            tokens.accept("RETURNING");
            returning = tokens.text(tokens.position(), statement.text().length());
        }
        if (defaults) {
            return Optional.of(new Insert(target, List.of(), Set.of(), false, null, false, returning));
        }
        String source = tokens.text(from, to);
        ValuesList values = isValues ? ValuesList.of(source) : new ValuesList(source, Set.of(), false);
        String query = prefix.isEmpty() ? values.sql() : prefix + " SELECT * FROM (" + values.sql() + "\n)";
        return Optional.of(new Insert(
                target, columns, values.omitted(), byName, query, values.isConstant() && prefix.isEmpty(), returning));
    }

    private static boolean isConflict(TokenReader tokens) {
        TokenReader ahead = tokens.copy();
        while (ahead.skipTo("ON", "CONFLICT")) {
            Token after = ahead.peek(2);
            if (after != null && (after.isPunctuation('(') || after.isWord("DO"))) {
                return true;
            }
            ahead.accept("ON", "CONFLICT");
        }
        return false;
    }
}
