package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.MergeStatement.Action;
import dev.tidegate.duckdb.sql.MergeStatement.Clause;
import dev.tidegate.duckdb.sql.MergeStatement.Rows;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;

/** Takes apart what stands behind {@code MERGE INTO t [AS alias]}. */
final class MergeReader {
    private static final String[] CLAUSE_ENDS = {"WHEN", "RETURNING"};

    private final TokenReader tokens;
    private final ExpressionReader expressions;

    MergeReader(TokenReader tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionReader(tokens);
    }

    MergeStatement read(String with, QualifiedName target, String alias) throws SQLException {
        if (!tokens.accept("USING")) {
            throw tokens.error("USING");
        }
        int from = tokens.position();
        String name = source();
        String source = tokens.text(from, tokens.position());
        String on = null;
        List<String> using = List.of();
        if (tokens.accept("ON")) {
            on = expressions.text(CLAUSE_ENDS);
        } else if (tokens.accept("USING")) {
            using = new ColumnReader(tokens).names();
        } else {
            throw new SQLFeatureNotSupportedException(
                    "MERGE: USING takes a table, a function or a query in parentheses, and ON or USING (…) behind it; put"
                            + " a join into one: USING (SELECT … FROM a JOIN b …) AS s",
                    "0A000");
        }
        List<Clause> clauses = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            clauses.add(clause());
        }
        if (clauses.isEmpty()) {
            throw tokens.error("WHEN");
        }
        String returning = tokens.accept("RETURNING") ? expressions.text() : null;
        tokens.expectEnd();
        return new MergeStatement(target, alias, with, source, name, on, using, clauses, returning);
    }

    /** Goes behind the source, whose name it gives. */
    private String source() throws SQLException {
        String name = "unnamed_subquery";
        if (tokens.nextIsPunctuation('(')) {
            skipParentheses();
        } else {
            name = tokens.qualifiedName("a table, a function or a query in parentheses")
                    .last();
            if (tokens.nextIsPunctuation('(')) {
                skipParentheses();
            }
        }
        if (tokens.accept("AS")) {
            name = tokens.name("an alias");
        } else if (tokens.nextIsName()
                && !tokens.peek(0).isWord("ON")
                && !tokens.peek(0).isWord("USING")
                && !isJoin(tokens.peek(0))) {
            name = tokens.name("an alias");
        }
        if (tokens.nextIsPunctuation('(')) {
            skipParentheses();
        }
        return name;
    }

    private static boolean isJoin(Token token) {
        for (String word : new String[] {
            "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "SEMI", "ANTI", "ASOF", "POSITIONAL"
        }) {
            if (token.isWord(word)) {
                return true;
            }
        }
        return false;
    }

    private void skipParentheses() throws SQLSyntaxErrorException {
        int depth = 0;
        do {
            depth += TokenReader.depthChange(tokens.take());
        } while (depth > 0);
    }

    private Clause clause() throws SQLException {
        Rows rows = rows();
        String condition = tokens.accept("AND") ? expressions.text("THEN") : null;
        if (!tokens.accept("THEN")) {
            throw tokens.error("THEN");
        }
        Action action = action();
        boolean changesARow = action instanceof MergeStatement.Set
                || action instanceof MergeStatement.SetAll
                || action instanceof MergeStatement.Delete;
        if (rows == Rows.NOT_MATCHED && changesARow) {
            throw new SQLSyntaxErrorException(
                    "MERGE: " + rows.words() + " has no row of the table to update or delete", "42601");
        }
        return new Clause(rows, condition, action);
    }

    private Rows rows() throws SQLSyntaxErrorException {
        if (tokens.accept("MATCHED")) {
            return Rows.MATCHED;
        }
        if (!tokens.accept("NOT", "MATCHED")) {
            throw tokens.error("MATCHED or NOT MATCHED");
        }
        if (tokens.accept("BY", "SOURCE")) {
            return Rows.NOT_MATCHED_BY_SOURCE;
        }
        tokens.accept("BY", "TARGET");
        return Rows.NOT_MATCHED;
    }

    private Action action() throws SQLException {
        if (tokens.accept("DELETE")) {
            return new MergeStatement.Delete();
        }
        if (tokens.accept("DO", "NOTHING")) {
            return new MergeStatement.Nothing();
        }
        if (tokens.accept("ERROR")) {
            return new MergeStatement.Fail(isClauseEnd() ? null : expressions.text(CLAUSE_ENDS));
        }
        if (tokens.accept("UPDATE")) {
            return update();
        }
        if (tokens.accept("INSERT")) {
            return insert();
        }
        throw tokens.error("UPDATE, DELETE, INSERT, DO NOTHING or ERROR");
    }

    private boolean isClauseEnd() {
        return tokens.atEnd() || tokens.peek(0).isWord("WHEN") || tokens.peek(0).isWord("RETURNING");
    }

    private Action update() throws SQLException {
        if (tokens.accept("SET") && !acceptStar()) {
            return new MergeStatement.Set(expressions.assignments(CLAUSE_ENDS));
        }
        return new MergeStatement.SetAll(byName());
    }

    private Action insert() throws SQLException {
        if (tokens.accept("DEFAULT", "VALUES")) {
            return new MergeStatement.Insert(List.of(), List.of());
        }
        List<String> columns = tokens.acceptNames().orElse(List.of());
        if (tokens.accept("VALUES")) {
            List<String> values = new ArrayList<>(
                    expressions.list().stream().map(ExpressionReader::orDefault).toList());
            return new MergeStatement.Insert(columns, values);
        }
        if (!columns.isEmpty()) {
            throw tokens.error("VALUES");
        }
        boolean byName = byName();
        acceptStar();
        return new MergeStatement.InsertAll(byName);
    }

    private boolean byName() {
        boolean byName = tokens.accept("BY", "NAME");
        tokens.accept("BY", "POSITION");
        return byName;
    }

    private boolean acceptStar() throws SQLSyntaxErrorException {
        if (tokens.peek(0) == null || !tokens.peek(0).isOperator("*")) {
            return false;
        }
        tokens.take();
        return true;
    }
}
