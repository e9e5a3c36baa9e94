package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import java.util.List;
import java.util.Locale;

/** Parses what stands between the parentheses of OVER. */
final class WindowParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    WindowParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression.Window window() throws SqlServerException {
        cursor.expectOperator("(");
        List<Expression> partition = List.of();
        if (cursor.accept("PARTITION")) {
            cursor.expect("BY");
            partition = expressions.list();
        }
        List<Expression.OrderItem> order = cursor.at("ORDER") ? expressions.orderBy() : List.of();
        String frame = cursor.atAny("ROWS", "RANGE") ? frame() : "";
        cursor.expectOperator(")");
        return new Expression.Window(partition, order, frame);
    }

    /** Written anew from what was understood: H2 takes it as it stands, and its comments end elsewhere than T-SQL's. */
    private String frame() throws SqlServerException {
        String unit = cursor.next().text().toUpperCase(Locale.ROOT) + " ";
        if (!cursor.accept("BETWEEN")) {
            return unit + bound();
        }
        String from = bound();
        cursor.expect("AND");
        return unit + "BETWEEN " + from + " AND " + bound();
    }

    private String bound() throws SqlServerException {
        if (cursor.accept("CURRENT", "ROW")) {
            return "CURRENT ROW";
        }
        String distance = cursor.accept("UNBOUNDED") ? "UNBOUNDED" : distance();
        if (cursor.accept("PRECEDING")) {
            return distance + " PRECEDING";
        }
        cursor.expect("FOLLOWING");
        return distance + " FOLLOWING";
    }

    private String distance() throws SqlServerException {
        if (cursor.peek().kind() != TokenKind.INTEGER) {
            throw cursor.unexpected();
        }
        return Long.toString(cursor.integer());
    }
}
