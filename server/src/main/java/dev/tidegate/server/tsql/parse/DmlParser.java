package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses INSERT, UPDATE, DELETE and MERGE. */
final class DmlParser {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=");

    private final TokenCursor cursor;
    private final QueryParser queries;
    private final ExpressionParser expressions;
    private final FromParser from;
    private final StatementParser statements;

    DmlParser(TokenCursor cursor, QueryParser queries, StatementParser statements) {
        this.cursor = cursor;
        this.queries = queries;
        this.expressions = queries.expressions();
        this.from = queries.from();
        this.statements = statements;
    }

    /** The cursor stands on INSERT, UPDATE, DELETE or MERGE. */
    Statement statement(List<Query.Cte> with) throws SqlServerException {
        if (cursor.at("INSERT")) {
            return insert(with);
        }
        if (cursor.at("UPDATE")) {
            return update(with);
        }
        return cursor.at("DELETE") ? delete(with) : merge(with);
    }

    private Statement insert(List<Query.Cte> with) throws SqlServerException {
        int line = cursor.line();
        cursor.expect("INSERT");
        Query.Top top = queries.top();
        cursor.accept("INTO");
        Statement.Target target = target(false);
        List<String> columns = cursor.atOperator("(") && !queries.atQuery(1) ? cursor.identifierList() : List.of();
        Statement.Output output = output();
        Statement.Source source;
        if (cursor.accept("DEFAULT")) {
            cursor.expect("VALUES");
            source = new Statement.DefaultValues();
        } else if (cursor.accept("VALUES")) {
            source = new Statement.ValuesSource(from.rows());
        } else if (cursor.atAny("EXEC", "EXECUTE")) {
            source = new Statement.ExecuteSource(statements.statement());
        } else {
            source = new Statement.QuerySource(queries.query());
        }
        queries.options();
        return new Statement.Insert(line, with, top, target, columns, output, source);
    }

    /** A table, a table variable, or an alias. */
    private Statement.Target target(boolean aliased) throws SqlServerException {
        ObjectName name =
                cursor.peek().kind() == TokenKind.VARIABLE ? ObjectName.of(cursor.variable()) : cursor.objectName();
        if (!cursor.atOperator("(") || !queries.atQuery(1)) {
            from.hints();
        }
        String alias = aliased ? from.alias() : null;
        return new Statement.Target(name, alias);
    }

    private Statement update(List<Query.Cte> with) throws SqlServerException {
        int line = cursor.line();
        cursor.expect("UPDATE");
        if (cursor.at("STATISTICS")) {
            cursor.next();
            cursor.objectName();
            return new Statement.Nothing(line);
        }
        Query.Top top = queries.top();
        Statement.Target target = target(false);
        cursor.expect("SET");
        List<Statement.Assignment> assignments = assignments();
        Statement.Output output = output();
        TableSource source = cursor.accept("FROM") ? from.tableSources() : null;
        Expression where = where();
        queries.options();
        return new Statement.Update(line, with, top, target, assignments, output, source, where);
    }

    private Expression where() throws SqlServerException {
        if (!cursor.accept("WHERE")) {
            return null;
        }
        if (cursor.at("CURRENT", "OF")) {
            throw TokenCursor.unsupported("WHERE CURRENT OF");
        }
        return expressions.expression();
    }

    private List<Statement.Assignment> assignments() throws SqlServerException {
        List<Statement.Assignment> assignments = new ArrayList<>();
        do {
            assignments.add(assignment());
        } while (cursor.acceptOperator(","));
        return assignments;
    }

    private Statement.Assignment assignment() throws SqlServerException {
        String variable = null;
        if (cursor.peek().kind() == TokenKind.VARIABLE) {
            variable = cursor.variable();
            if (cursor.atOperator("=")
                    && TokenCursor.isIdentifier(cursor.peek(1))
                    && cursor.peek(2).isOperator("=")) {
                cursor.next();
            } else {
                return new Statement.Assignment(variable, null, operator(), expressions.expression());
            }
        }
        List<String> column = cursor.objectName().parts();
        return new Statement.Assignment(variable, column, operator(), expressions.expression());
    }

    private String operator() throws SqlServerException {
        if (cursor.peek().kind() != TokenKind.OPERATOR
                || !ASSIGNMENTS.contains(cursor.peek().text())) {
            throw cursor.unexpected();
        }
        return cursor.next().text();
    }

    private Statement delete(List<Query.Cte> with) throws SqlServerException {
        int line = cursor.line();
        cursor.expect("DELETE");
        Query.Top top = queries.top();
        cursor.accept("FROM");
        Statement.Target target = target(false);
        Statement.Output output = output();
        TableSource source = cursor.accept("FROM") ? from.tableSources() : null;
        Expression where = where();
        queries.options();
        return new Statement.Delete(line, with, top, target, output, source, where);
    }

    private Statement merge(List<Query.Cte> with) throws SqlServerException {
        int line = cursor.line();
        cursor.expect("MERGE");
        if (queries.top() != null) {
            throw TokenCursor.unsupported("MERGE TOP");
        }
        cursor.accept("INTO");
        Statement.Target target = target(true);
        from.hints();
        cursor.expect("USING");
        TableSource source = from.primary();
        cursor.expect("ON");
        Expression condition = expressions.expression();
        List<Statement.MergeClause> clauses = new ArrayList<>();
        while (cursor.accept("WHEN")) {
            clauses.add(mergeClause());
        }
        Statement.Output output = output();
        queries.options();
        if (clauses.isEmpty()) {
            throw cursor.unexpected();
        }
        return new Statement.Merge(line, with, target, source, condition, clauses, output);
    }

    private Statement.MergeClause mergeClause() throws SqlServerException {
        Statement.MergeWhen when = Statement.MergeWhen.MATCHED;
        if (cursor.accept("NOT")) {
            cursor.expect("MATCHED");
            when = Statement.MergeWhen.NOT_MATCHED;
            if (cursor.accept("BY") && !cursor.accept("TARGET")) {
                cursor.expect("SOURCE");
                when = Statement.MergeWhen.NOT_MATCHED_BY_SOURCE;
            }
        } else {
            cursor.expect("MATCHED");
        }
        Expression condition = cursor.accept("AND") ? expressions.expression() : null;
        cursor.expect("THEN");
        return new Statement.MergeClause(when, condition, mergeAction());
    }

    private Statement.MergeAction mergeAction() throws SqlServerException {
        if (cursor.accept("UPDATE")) {
            cursor.expect("SET");
            return new Statement.MergeUpdate(assignments());
        }
        if (cursor.accept("DELETE")) {
            return new Statement.MergeDelete();
        }
        cursor.expect("INSERT");
        List<String> columns = cursor.atOperator("(") ? cursor.identifierList() : List.of();
        if (cursor.accept("DEFAULT")) {
            cursor.expect("VALUES");
            return new Statement.MergeInsert(columns, List.of());
        }
        cursor.expect("VALUES");
        cursor.expectOperator("(");
        List<Expression> values = expressions.list();
        cursor.expectOperator(")");
        return new Statement.MergeInsert(columns, values);
    }

    private Statement.Output output() throws SqlServerException {
        if (!cursor.accept("OUTPUT")) {
            return null;
        }
        List<Query.Item> items = queries.items();
        if (!cursor.accept("INTO")) {
            return new Statement.Output(items, null, List.of());
        }
        ObjectName into =
                cursor.peek().kind() == TokenKind.VARIABLE ? ObjectName.of(cursor.variable()) : cursor.objectName();
        List<String> columns = cursor.atOperator("(") && !queries.atQuery(1) ? cursor.identifierList() : List.of();
        return new Statement.Output(items, into, columns);
    }
}
