package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.LoadStatement.CreateTableAs;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes apart {@code CREATE [OR REPLACE] TABLE [IF NOT EXISTS] t [(a, b)] [WITH (…)] AS query [WITH [NO] DATA]}. */
public final class CreateTableAsReader {
    private CreateTableAsReader() {}

    /**
     * @return empty for every other statement, temporary tables and tables defined by columns included
     * @throws SQLException if it is one that only another database than DuckDB could run, and it is not written as it should be
     */
    public static Optional<CreateTableAs> read(SqlStatement statement)
            throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        TokenReader tokens = new TokenReader(statement);
        if (!tokens.accept("CREATE")) {
            return Optional.empty();
        }
        boolean orReplace = tokens.accept("OR", "REPLACE");
        if (!tokens.accept("TABLE")) {
            return Optional.empty();
        }
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        if (!tokens.nextIsName()) {
            return Optional.empty();
        }
        QualifiedName target = tokens.qualifiedName("a table");
        List<String> columns = tokens.acceptNames().orElse(List.of());
        Map<String, List<String>> options =
                tokens.accept("WITH") ? new OptionList(tokens, "CREATE TABLE").read() : Map.of();
        if (!tokens.accept("AS")) {
            return Optional.empty();
        }
        int from = tokens.position();
        int to = statement.text().length();
        boolean withData = true;
        if (tokens.skipToLast("WITH", "NO", "DATA")) {
            to = tokens.position();
            withData = false;
        } else if (tokens.skipToLast("WITH", "DATA")) {
            to = tokens.position();
        }
        return Optional.of(
                new CreateTableAs(target, orReplace, ifNotExists, columns, options, tokens.text(from, to), withData));
    }
}
