package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses expressions and predicates. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=", "!<", "!>");
    private static final Set<String> WITHOUT_PARENTHESES =
            Set.of("CURRENT_TIMESTAMP", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "USER", "CURRENT_DATE");
    private static final Set<String> RESERVED_FUNCTIONS =
            Set.of("LEFT", "RIGHT", "COALESCE", "NULLIF", "CONVERT", "TRY_CONVERT", "USER", "IDENTITY");

    private final TokenCursor cursor;
    private final TypeParser types;
    private final QueryParser queries;

    ExpressionParser(TokenCursor cursor, TypeParser types, QueryParser queries) {
        this.cursor = cursor;
        this.types = types;
        this.queries = queries;
    }

    /** A value or a predicate. */
    Expression expression() throws SqlServerException {
        Expression left = conjunction();
        while (cursor.accept("OR")) {
            left = new Expression.Or(left, conjunction());
        }
        return left;
    }

    List<Expression> list() throws SqlServerException {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (cursor.acceptOperator(","));
        return list;
    }

    private Expression conjunction() throws SqlServerException {
        Expression left = negation();
        while (cursor.accept("AND")) {
            left = new Expression.And(left, negation());
        }
        return left;
    }

    private Expression negation() throws SqlServerException {
        return cursor.accept("NOT") ? new Expression.Not(negation()) : predicate();
    }

    private Expression predicate() throws SqlServerException {
        if (cursor.at("EXISTS")) {
            cursor.next();
            return new Expression.Exists(parenthesisedQuery());
        }
        Expression left = sum();
        Token token = cursor.peek();
        if (token.kind() == TokenKind.OPERATOR && COMPARISONS.contains(token.text())) {
            cursor.next();
            return comparison(token.text(), left);
        }
        if (cursor.accept("IS")) {
            boolean negated = cursor.accept("NOT");
            if (cursor.accept("DISTINCT")) {
                cursor.expect("FROM");
                return new Expression.Distinct(left, sum(), negated);
            }
            cursor.expect("NULL");
            return new Expression.IsNull(left, negated);
        }
        boolean negated = cursor.at("NOT")
                && (cursor.peek(1).isWord("IN")
                        || cursor.peek(1).isWord("LIKE")
                        || cursor.peek(1).isWord("BETWEEN"));
        if (negated) {
            cursor.next();
        }
        if (cursor.accept("BETWEEN")) {
            Expression low = sum();
            cursor.expect("AND");
            return new Expression.Between(left, low, sum(), negated);
        }
        if (cursor.accept("LIKE")) {
            Expression pattern = sum();
            return new Expression.Like(left, pattern, cursor.accept("ESCAPE") ? sum() : null, negated);
        }
        if (cursor.accept("IN")) {
            return in(left, negated);
        }
        return left;
    }

    private Expression comparison(String operator, Expression left) throws SqlServerException {
        if (cursor.atAny("ALL", "ANY", "SOME")) {
            String quantifier = cursor.next().text().equalsIgnoreCase("ALL") ? "ALL" : "ANY";
            return new Expression.Quantified(operator, left, quantifier, parenthesisedQuery());
        }
        return new Expression.Comparison(operator, left, sum());
    }

    private Expression in(Expression left, boolean negated) throws SqlServerException {
        if (cursor.atOperator("(") && queries.atQuery(1)) {
            return new Expression.InQuery(left, parenthesisedQuery(), negated);
        }
        cursor.expectOperator("(");
        List<Expression> values = list();
        cursor.expectOperator(")");
        return new Expression.InList(left, values, negated);
    }

    private Query parenthesisedQuery() throws SqlServerException {
        cursor.expectOperator("(");
        Query query = queries.query();
        cursor.expectOperator(")");
        return query;
    }

    private Expression sum() throws SqlServerException {
        Expression left = product();
        while (true) {
            String operator = operator("+", "-", "&", "|", "^");
            if (operator == null) {
                return left;
            }
            left = new Expression.Binary(operator, left, product());
        }
    }

    private Expression product() throws SqlServerException {
        Expression left = unary();
        while (true) {
            String operator = operator("*", "/", "%");
            if (operator == null) {
                return left;
            }
            left = new Expression.Binary(operator, left, unary());
        }
    }

    private String operator(String... operators) {
        for (String operator : operators) {
            if (cursor.acceptOperator(operator)) {
                return operator;
            }
        }
        return null;
    }

    private Expression unary() throws SqlServerException {
        String operator = operator("-", "+", "~");
        if (operator == null) {
            return postfix(primary());
        }
        Expression operand = unary();
        if (operator.equals("-") && operand instanceof Expression.Literal literal) {
            return Literals.negate(literal);
        }
        return operator.equals("+") ? operand : new Expression.Unary(operator, operand);
    }

    private Expression postfix(Expression operand) throws SqlServerException {
        Expression result = operand;
        while (true) {
            if (cursor.accept("COLLATE")) {
                result = new Expression.Collate(result, cursor.next().text());
            } else if (cursor.accept("AT", "TIME", "ZONE")) {
                result = new Expression.AtTimeZone(result, postfix(primary()));
            } else {
                return result;
            }
        }
    }

    private Expression primary() throws SqlServerException {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case STRING, NATIONAL_STRING, INTEGER, DECIMAL, FLOAT, MONEY, BINARY -> Literals.of(cursor.next());
            case VARIABLE -> variable();
            case GLOBAL -> new Expression.Global(cursor.next().text());
            case QUOTED -> name();
            case WORD -> word(token);
            case OPERATOR -> {
                if (token.isOperator("(")) {
                    yield parenthesised();
                }
                if (token.isOperator("{")) {
                    yield odbcEscape();
                }
                throw cursor.unexpected();
            }
            case END -> throw cursor.unexpected();
        };
    }

    private Expression parenthesised() throws SqlServerException {
        if (queries.atQuery(1)) {
            return new Expression.Subquery(parenthesisedQuery());
        }
        cursor.expectOperator("(");
        Expression inner = expression();
        cursor.expectOperator(")");
        return inner;
    }

    private Expression odbcEscape() throws SqlServerException {
        cursor.expectOperator("{");
        Expression result;
        if (cursor.accept("fn")) {
            result = expression();
        } else {
            SqlType type = switch (cursor.identifier().toLowerCase(java.util.Locale.ROOT)) {
                case "d", "t", "ts" -> SqlType.DATETIME;
                case "guid" -> SqlType.UNIQUEIDENTIFIER;
                default -> throw cursor.unexpected();
            };
            result = new Expression.Cast(primary(), type, null, false);
        }
        cursor.expectOperator("}");
        return result;
    }

    private Expression variable() throws SqlServerException {
        Expression variable = new Expression.Variable(cursor.next().text());
        if (cursor.atOperator(".")) {
            throw TokenCursor.unsupported("methods of a variable, such as .value() and .nodes() of xml");
        }
        return variable;
    }

    private Expression word(Token token) throws SqlServerException {
        boolean call = cursor.peek(1).isOperator("(");
        if (cursor.accept("NULL")) {
            return new Expression.Null();
        }
        if (cursor.accept("DEFAULT")) {
            return new Expression.Default();
        }
        if (cursor.accept("CASE")) {
            return caseExpression();
        }
        if (cursor.at("NEXT", "VALUE", "FOR")) {
            cursor.expect("NEXT", "VALUE", "FOR");
            return new Expression.NextValue(cursor.objectName());
        }
        String upper = token.text().toUpperCase(java.util.Locale.ROOT);
        if (!call && WITHOUT_PARENTHESES.contains(upper)) {
            cursor.next();
            return call(ObjectName.of(upper), List.of());
        }
        if (call) {
            switch (upper) {
                case "CAST", "TRY_CAST" -> {
                    return cast(upper.startsWith("TRY"));
                }
                case "CONVERT", "TRY_CONVERT" -> {
                    return convert(upper.startsWith("TRY"));
                }
                case "TRIM" -> {
                    return trim();
                }
                case "PARSE", "TRY_PARSE", "JSON_OBJECT", "JSON_ARRAY" -> throw TokenCursor.unsupported(upper);
                default -> {
                    if (RESERVED_FUNCTIONS.contains(upper)) {
                        cursor.next();
                        return arguments(ObjectName.of(upper));
                    }
                }
            }
        }
        return name();
    }

    private Expression name() throws SqlServerException {
        List<String> parts = new ArrayList<>();
        parts.add(cursor.identifier());
        while (cursor.atOperator(".") && !cursor.peek(1).isOperator("*")) {
            cursor.next();
            parts.add(cursor.atOperator(".") ? "" : cursor.identifier());
        }
        if (cursor.atOperator("(")) {
            return arguments(new ObjectName(parts));
        }
        return new Expression.Column(List.copyOf(parts));
    }

    private static Expression call(ObjectName name, List<Expression> arguments) {
        return new Expression.Call(name, arguments, false, false, List.of(), null);
    }

    private Expression arguments(ObjectName name) throws SqlServerException {
        cursor.expectOperator("(");
        boolean distinct = cursor.accept("DISTINCT");
        if (!distinct) {
            cursor.accept("ALL");
        }
        boolean star = cursor.acceptOperator("*");
        List<Expression> arguments = star || cursor.atOperator(")") ? List.of() : list();
        cursor.expectOperator(")");
        List<Expression.OrderItem> within = List.of();
        if (cursor.at("WITHIN", "GROUP")) {
            cursor.expect("WITHIN", "GROUP");
            cursor.expectOperator("(");
            within = orderBy();
            cursor.expectOperator(")");
        }
        Expression.Window over = cursor.accept("OVER") ? new WindowParser(cursor, this).window() : null;
        return new Expression.Call(name, arguments, distinct, star, within, over);
    }

    /** With the keywords ORDER BY. */
    List<Expression.OrderItem> orderBy() throws SqlServerException {
        cursor.expect("ORDER", "BY");
        List<Expression.OrderItem> items = new ArrayList<>();
        do {
            Expression expression = expression();
            boolean descending = cursor.accept("DESC");
            if (!descending) {
                cursor.accept("ASC");
            }
            items.add(new Expression.OrderItem(expression, descending));
        } while (cursor.acceptOperator(","));
        return items;
    }

    private Expression caseExpression() throws SqlServerException {
        Expression operand = cursor.at("WHEN") ? null : expression();
        List<Expression.When> whens = new ArrayList<>();
        while (cursor.accept("WHEN")) {
            Expression condition = expression();
            cursor.expect("THEN");
            whens.add(new Expression.When(condition, expression()));
        }
        if (whens.isEmpty()) {
            throw cursor.unexpected();
        }
        Expression otherwise = cursor.accept("ELSE") ? expression() : null;
        cursor.expect("END");
        return new Expression.Case(operand, whens, otherwise);
    }

    private Expression cast(boolean tolerant) throws SqlServerException {
        cursor.next();
        cursor.expectOperator("(");
        Expression operand = expression();
        cursor.expect("AS");
        SqlType type = types.cast();
        cursor.expectOperator(")");
        return new Expression.Cast(operand, type, null, tolerant);
    }

    private Expression convert(boolean tolerant) throws SqlServerException {
        cursor.next();
        cursor.expectOperator("(");
        SqlType type = types.cast();
        cursor.expectOperator(",");
        Expression operand = expression();
        Expression style = cursor.acceptOperator(",") ? expression() : null;
        cursor.expectOperator(")");
        return new Expression.Cast(operand, type, style, tolerant);
    }

    private Expression trim() throws SqlServerException {
        cursor.next();
        cursor.expectOperator("(");
        String function = "TRIM";
        if (cursor.atAny("LEADING", "TRAILING", "BOTH") && !cursor.peek(1).isOperator(")")) {
            String side = cursor.next().text();
            function =
                    side.equalsIgnoreCase("LEADING") ? "LTRIM" : side.equalsIgnoreCase("TRAILING") ? "RTRIM" : "TRIM";
        }
        Expression first = expression();
        List<Expression> arguments = cursor.accept("FROM") ? List.of(expression(), first) : List.of(first);
        cursor.expectOperator(")");
        return call(ObjectName.of(function), arguments);
    }
}
