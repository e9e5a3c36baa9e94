package dev.tidegate.server.tsql.ast;

import java.util.List;

/**
 * A query expression with what may stand around it.
 *
 * @param with common table expressions, or empty
 * @param offset null if not given
 * @param fetch null if not given
 */
public record Query(
        List<Cte> with, Body body, List<Expression.OrderItem> orderBy, Expression offset, Expression fetch) {
    /** @param columns empty if not given */
    public record Cte(String name, List<String> columns, Query query) {}

    /** What a query consists of. */
    public sealed interface Body {}

    /**
     * @param top null if not given
     * @param into null if not given
     * @param from null if not given
     * @param where null if not given
     * @param having null if not given
     */
    public record Select(
            boolean distinct,
            Top top,
            List<Item> items,
            ObjectName into,
            TableSource from,
            Expression where,
            List<Expression> groupBy,
            Expression having)
            implements Body {
        /** This query without INTO and with another select list, and with what stands around it in the given one. */
        public Query over(List<Item> others, Query around) {
            Select changed = new Select(distinct, top, others, null, from, where, groupBy, having);
            return new Query(around.with, changed, around.orderBy, around.offset, around.fetch);
        }
    }

    /** @param operator UNION, EXCEPT or INTERSECT */
    public record SetOperation(String operator, boolean all, Body left, Body right) implements Body {}

    /** A query in parentheses as an operand of a set operation. */
    public record Nested(Query query) implements Body {}

    public record Top(Expression count, boolean percent, boolean withTies) {}

    /** One item of a select list. */
    public sealed interface Item {}

    /** @param qualifier parts before the star, or empty */
    public record Star(List<String> qualifier) implements Item {}

    /** @param alias null if not given */
    public record Value(Expression expression, String alias) implements Item {}

    /** @param operator {@code =} or a compound one such as {@code +=} */
    public record Assignment(String variable, String operator, Expression expression) implements Item {}

    public Query(Body body) {
        this(List.of(), body, List.of(), null, null);
    }

    /** {@code SELECT expression}. */
    public static Query ofValue(Expression expression) {
        return new Query(
                new Select(false, null, List.of(new Value(expression, null)), null, null, null, List.of(), null));
    }

    /** The table that the query makes: what stands behind INTO in its first SELECT; null if it makes none. */
    public ObjectName into() {
        Body first = body;
        while (first instanceof SetOperation operation) {
            first = operation.left();
        }
        return first instanceof Select select ? select.into() : null;
    }

    public Query withCtes(List<Cte> ctes) {
        return new Query(ctes, body, orderBy, offset, fetch);
    }
}
