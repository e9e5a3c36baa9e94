package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses query expressions. */
final class QueryParser {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final FromParser from;

    QueryParser(TokenCursor cursor, TypeParser types) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor, types, this);
        this.from = new FromParser(cursor, expressions, this);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    FromParser from() {
        return from;
    }

    /** What INTO in a SELECT means where it stands. */
    private enum Into {
        MAKES_TABLE,
        NOT_FIRST,
        MISPLACED
    }

    /** Whether a query starts so many tokens ahead, after any number of opening parentheses. */
    boolean atQuery(int ahead) {
        int i = ahead;
        while (cursor.peek(i).isOperator("(")) {
            i++;
        }
        return cursor.peek(i).isWord("SELECT") || (i == ahead && cursor.peek(i).isWord("WITH"));
    }

    /** A query that is a part of something. */
    Query query() throws SqlServerException {
        return query(Into.MISPLACED);
    }

    /** A query that is a statement: its first SELECT may have INTO. */
    Query statement() throws SqlServerException {
        return query(Into.MAKES_TABLE);
    }

    private Query query(Into into) throws SqlServerException {
        List<Query.Cte> with = cursor.at("WITH") ? ctes() : List.of();
        Query.Body body = unions(into);
        List<Expression.OrderItem> order = List.of();
        Expression offset = null;
        Expression fetch = null;
        if (cursor.at("ORDER")) {
            order = expressions.orderBy();
            if (cursor.accept("OFFSET")) {
                offset = expressions.expression();
                row();
                if (cursor.accept("FETCH")) {
                    if (!cursor.accept("NEXT")) {
                        cursor.expect("FIRST");
                    }
                    fetch = expressions.expression();
                    row();
                    cursor.expect("ONLY");
                }
            }
        }
        if (cursor.accept("FOR")) {
            if (cursor.atAny("XML", "JSON")) {
                throw TokenCursor.unsupported("FOR " + cursor.peek().text().toUpperCase(java.util.Locale.ROOT));
            }
            cursor.expect("BROWSE");
        }
        options();
        return new Query(with, body, order, offset, fetch);
    }

    private void row() throws SqlServerException {
        if (!cursor.accept("ROWS")) {
            cursor.expect("ROW");
        }
    }

    /** OPTION (…): hints that have no meaning here. */
    void options() throws SqlServerException {
        if (cursor.accept("OPTION")) {
            cursor.skipParentheses();
        }
    }

    /** With the keyword WITH. */
    List<Query.Cte> ctes() throws SqlServerException {
        cursor.expect("WITH");
        List<Query.Cte> ctes = new ArrayList<>();
        do {
            String name = cursor.identifier();
            List<String> columns = cursor.atOperator("(") ? cursor.identifierList() : List.of();
            cursor.expect("AS");
            cursor.expectOperator("(");
            ctes.add(new Query.Cte(name, columns, query()));
            cursor.expectOperator(")");
        } while (cursor.acceptOperator(","));
        return ctes;
    }

    private Query.Body unions(Into into) throws SqlServerException {
        Query.Body left = intersections(into);
        while (cursor.atAny("UNION", "EXCEPT")) {
            boolean union = cursor.next().isWord("UNION");
            boolean all = union && cursor.accept("ALL");
            left = new Query.SetOperation(union ? "UNION" : "EXCEPT", all, left, intersections(behind(into)));
        }
        return left;
    }

    private Query.Body intersections(Into into) throws SqlServerException {
        Query.Body left = body(into);
        while (cursor.accept("INTERSECT")) {
            left = new Query.SetOperation("INTERSECT", false, left, body(behind(into)));
        }
        return left;
    }

    /** What the first operand of a set operation may have is told of by an error of its own at the others. */
    private static Into behind(Into first) {
        return first == Into.MAKES_TABLE ? Into.NOT_FIRST : first;
    }

    private Query.Body body(Into into) throws SqlServerException {
        if (cursor.acceptOperator("(")) {
            Query inner = query();
            cursor.expectOperator(")");
            return new Query.Nested(inner);
        }
        return select(into);
    }

    private ObjectName into(Into into) throws SqlServerException {
        if (!cursor.at("INTO")) {
            return null;
        }
        if (into == Into.NOT_FIRST) {
            throw KnownError.INTO_NOT_FIRST.exception();
        }
        if (into == Into.MISPLACED) {
            throw cursor.unexpected();
        }
        cursor.next();
        return cursor.objectName();
    }

    private Query.Select select(Into into) throws SqlServerException {
        cursor.expect("SELECT");
        boolean distinct = cursor.accept("DISTINCT");
        if (!distinct) {
            cursor.accept("ALL");
        }
        Query.Top top = top();
        List<Query.Item> items = items();
        ObjectName target = into(into);
        var source = cursor.accept("FROM") ? from.tableSources() : null;
        Expression where = cursor.accept("WHERE") ? expressions.expression() : null;
        List<Expression> groupBy = List.of();
        if (cursor.accept("GROUP")) {
            cursor.expect("BY");
            cursor.accept("ALL");
            boolean sets = cursor.at("GROUPING", "SETS")
                    || (cursor.atAny("ROLLUP", "CUBE") && cursor.peek(1).isOperator("("));
            groupBy = sets ? List.of() : expressions.list();
            if (sets || cursor.at("WITH", "ROLLUP") || cursor.at("WITH", "CUBE")) {
                throw TokenCursor.unsupported("GROUP BY with ROLLUP, CUBE or GROUPING SETS");
            }
        }
        Expression having = cursor.accept("HAVING") ? expressions.expression() : null;
        return new Query.Select(distinct, top, items, target, source, where, groupBy, having);
    }

    /** @return null if there is no TOP */
    Query.Top top() throws SqlServerException {
        if (!cursor.accept("TOP")) {
            return null;
        }
        Expression count;
        if (cursor.acceptOperator("(")) {
            count = expressions.expression();
            cursor.expectOperator(")");
        } else {
            Token token = cursor.peek();
            if (token.kind() != TokenKind.INTEGER
                    && token.kind() != TokenKind.DECIMAL
                    && token.kind() != TokenKind.VARIABLE) {
                throw cursor.unexpected();
            }
            cursor.next();
            count = token.kind() == TokenKind.VARIABLE ? new Expression.Variable(token.text()) : Literals.of(token);
        }
        boolean percent = cursor.accept("PERCENT");
        return new Query.Top(count, percent, cursor.accept("WITH", "TIES"));
    }

    List<Query.Item> items() throws SqlServerException {
        List<Query.Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (cursor.acceptOperator(","));
        return items;
    }

    private Query.Item item() throws SqlServerException {
        if (cursor.acceptOperator("*")) {
            return new Query.Star(List.of());
        }
        if (cursor.peek().kind() == TokenKind.VARIABLE && isAssignment(cursor.peek(1))) {
            String variable = cursor.variable();
            String operator = cursor.next().text();
            return new Query.Assignment(variable, operator, expressions.expression());
        }
        if (aliasFirst()) {
            String alias = cursor.name();
            cursor.expectOperator("=");
            return new Query.Value(expressions.expression(), alias);
        }
        int start = cursor.position();
        if (cursor.atIdentifier()) {
            List<String> qualifier = new ArrayList<>();
            while (cursor.atIdentifier() && cursor.peek(1).isOperator(".")) {
                qualifier.add(cursor.next().text());
                cursor.next();
            }
            if (!qualifier.isEmpty() && cursor.acceptOperator("*")) {
                return new Query.Star(List.copyOf(qualifier));
            }
            cursor.back(start);
        }
        return new Query.Value(expressions.expression(), alias());
    }

    private static boolean isAssignment(Token token) {
        return token.kind() == TokenKind.OPERATOR && ASSIGNMENTS.contains(token.text());
    }

    /** {@code alias = expression}: a name or a string before a lone equals sign. */
    private boolean aliasFirst() {
        Token token = cursor.peek();
        boolean name = TokenCursor.isIdentifier(token) || token.kind() == TokenKind.STRING;
        return name && cursor.peek(1).isOperator("=");
    }

    private String alias() throws SqlServerException {
        boolean as = cursor.accept("AS");
        Token token = cursor.peek();
        if (TokenCursor.isIdentifier(token)
                || token.kind() == TokenKind.STRING
                || token.kind() == TokenKind.NATIONAL_STRING) {
            return cursor.name();
        }
        if (as) {
            throw cursor.unexpected();
        }
        return null;
    }
}
