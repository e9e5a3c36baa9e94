package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.ChangeStatement.Delete;
import dev.tidegate.duckdb.sql.ChangeStatement.Update;
import dev.tidegate.duckdb.sql.ChangeStatement.Upsert;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Optional;

/**
 * Takes apart UPDATE, DELETE, MERGE and INSERT with ON CONFLICT, in two steps: {@link #target} says which table would be changed, and
 * {@link #read} all of it.
 */
public final class ChangeReader {
    private final TokenReader tokens;
    private final ExpressionReader expressions;
    private final SqlStatement statement;

    private ChangeReader(SqlStatement statement) {
        this.statement = statement;
        this.tokens = new TokenReader(statement);
        this.expressions = new ExpressionReader(tokens);
    }

    /** @return empty for every other statement */
    public static Optional<QualifiedName> target(SqlStatement statement) {
        try {
            ChangeReader reader = new ChangeReader(statement);
            reader.with();
            Verb verb = reader.verb();
            return verb == null || verb == Verb.INSERT && reader.conflict() == null
                    ? Optional.empty()
                    : Optional.of(reader.tokens.qualifiedName("a table"));
        } catch (SQLSyntaxErrorException e) {
            // It is DuckDB's to say what is wrong: without a name it cannot be for anybody else.
            return Optional.empty();
        }
    }

    /**
     * The whole of a statement that has a {@link #target}.
     *
     * @throws SQLException if it is not written as it should be, or asks for what an attached table cannot do
     */
    public static ChangeStatement read(SqlStatement statement) throws SQLException {
        ChangeReader reader = new ChangeReader(statement);
        String with = reader.with();
        Verb verb = reader.verb();
        return switch (verb) {
            case UPDATE -> reader.update(with);
            case DELETE -> reader.delete(with);
            case MERGE -> {
                QualifiedName target = reader.tokens.qualifiedName("a table");
                yield new MergeReader(reader.tokens).read(with, target, reader.alias("USING"));
            }
            default -> reader.upsert(with, verb == Verb.INSERT_OR_REPLACE);
        };
    }

    private enum Verb {
        UPDATE,
        DELETE,
        MERGE,
        INSERT,
        INSERT_OR_REPLACE,
        INSERT_OR_IGNORE
    }

    /** @return null if it is none of them */
    private Verb verb() {
        if (tokens.accept("UPDATE")) {
            return Verb.UPDATE;
        }
        if (tokens.accept("DELETE", "FROM")) {
            return Verb.DELETE;
        }
        if (tokens.accept("MERGE", "INTO")) {
            return Verb.MERGE;
        }
        if (tokens.accept("INSERT", "OR", "REPLACE", "INTO")) {
            return Verb.INSERT_OR_REPLACE;
        }
        if (tokens.accept("INSERT", "OR", "IGNORE", "INTO")) {
            return Verb.INSERT_OR_IGNORE;
        }
        return tokens.accept("INSERT", "INTO") ? Verb.INSERT : null;
    }

    /** Goes behind the WITH clause, whose text it gives. What follows a list's last parenthesis is the statement itself. */
    private String with() throws SQLSyntaxErrorException {
        if (!statement.begins("WITH")) {
            return "";
        }
        int from = tokens.position();
        int depth = 0;
        boolean closed = false;
        while (!tokens.atEnd()) {
            Token next = tokens.peek(0);
            if (closed && depth == 0 && next.kind() == Token.Kind.WORD && !next.isWord("AS")) {
                return tokens.text(from, tokens.position());
            }
            depth += TokenReader.depthChange(next);
            closed = next.isPunctuation(')');
            tokens.take();
        }
        return "";
    }

    private String alias(String... followedBy) throws SQLSyntaxErrorException {
        if (tokens.accept("AS")) {
            return tokens.name("an alias");
        }
        if (!tokens.nextIsName()) {
            return null;
        }
        for (String word : followedBy) {
            if (tokens.peek(0).isWord(word)) {
                return null;
            }
        }
        return tokens.name("an alias");
    }

    private Update update(String with) throws SQLException {
        QualifiedName target = tokens.qualifiedName("a table");
        String alias = alias("SET");
        if (!tokens.accept("SET")) {
            throw tokens.error("SET");
        }
        List<Assigned> values = expressions.assignments("FROM", "WHERE", "RETURNING");
        String from = tokens.accept("FROM") ? expressions.text("WHERE", "RETURNING") : null;
        String where = tokens.accept("WHERE") ? expressions.text("RETURNING") : null;
        return new Update(target, alias, with, values, from, where, returning());
    }

    private Delete delete(String with) throws SQLException {
        QualifiedName target = tokens.qualifiedName("a table");
        String alias = alias("USING", "WHERE", "RETURNING");
        String using = tokens.accept("USING") ? expressions.text("WHERE", "RETURNING") : null;
        String where = tokens.accept("WHERE") ? expressions.text("RETURNING") : null;
        return new Delete(target, alias, with, using, where, returning());
    }

    private String returning() throws SQLException {
        String returning = tokens.accept("RETURNING") ? expressions.text() : null;
        tokens.expectEnd();
        return returning;
    }

    private Upsert upsert(String with, boolean replace) throws SQLException {
        QualifiedName target = tokens.qualifiedName("a table");
        String alias = tokens.accept("AS") ? tokens.name("an alias") : null;
        List<String> columns = tokens.acceptNames().orElse(List.of());
        boolean byName = tokens.accept("BY", "NAME");
        tokens.accept("BY", "POSITION");
        TokenReader conflictAt = conflict();
        int from = tokens.position();
        if (conflictAt == null) {
            String query = expressions.text("RETURNING");
            return new Upsert(
                    target,
                    alias,
                    with,
                    columns,
                    byName,
                    query,
                    List.of(),
                    replace ? List.of() : null,
                    null,
                    returning());
        }
        String query = tokens.text(from, conflictAt.position());
        while (tokens.position() < conflictAt.position()) {
            tokens.take();
        }
        tokens.accept("ON", "CONFLICT");
        List<String> key = tokens.nextIsPunctuation('(') ? new ColumnReader(tokens).names() : List.of();
        if (tokens.accept("WHERE")) {
            throw new SQLFeatureNotSupportedException("ON CONFLICT (…) WHERE is not translated", "0A000");
        }
        if (tokens.accept("DO", "NOTHING")) {
            return new Upsert(target, alias, with, columns, byName, query, key, null, null, returning());
        }
        if (!tokens.accept("DO", "UPDATE", "SET")) {
            throw tokens.error("DO NOTHING or DO UPDATE SET");
        }
        List<Assigned> values = expressions.assignments("FROM", "WHERE", "RETURNING");
        String where = tokens.accept("WHERE") ? expressions.text("RETURNING") : null;
        return new Upsert(target, alias, with, columns, byName, query, key, values, where, returning());
    }

    /** @return null if there is no ON CONFLICT */
    private TokenReader conflict() {
        TokenReader ahead = tokens.copy();
        while (ahead.skipTo("ON", "CONFLICT")) {
            Token after = ahead.peek(2);
            if (after != null && (after.isPunctuation('(') || after.isWord("DO"))) {
                return ahead;
            }
            ahead.accept("ON", "CONFLICT");
        }
        return null;
    }
}
