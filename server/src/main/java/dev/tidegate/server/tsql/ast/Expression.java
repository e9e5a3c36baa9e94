package dev.tidegate.server.tsql.ast;

import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** An expression or a predicate of T-SQL, as it was written. */
public sealed interface Expression {
    /** @param value in the Java form of the type */
    record Literal(SqlType type, Object value) implements Expression {}

    record Null() implements Expression {}

    /** The keyword DEFAULT, where a value may stand. */
    record Default() implements Expression {}

    /** @param name with its at sign */
    record Variable(String name) implements Expression {}

    /** @param name with its at signs */
    record Global(String name) implements Expression {}

    /** @param parts the last is the column's name */
    record Column(List<String> parts) implements Expression {
        public String name() {
            return parts.getLast();
        }
    }

    /** @param operator {@code -}, {@code +} or {@code ~} */
    record Unary(String operator, Expression operand) implements Expression {}

    /** @param operator {@code + - * / % & | ^} */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** @param operator {@code = <> < > <= >= !< !>} */
    record Comparison(String operator, Expression left, Expression right) implements Expression {}

    /** @param quantifier ALL or ANY */
    record Quantified(String operator, Expression left, String quantifier, Query query) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {}

    record InList(Expression operand, List<Expression> values, boolean negated) implements Expression {}

    record InQuery(Expression operand, Query query, boolean negated) implements Expression {}

    /** @param escape null if not given */
    record Like(Expression operand, Expression pattern, Expression escape, boolean negated) implements Expression {}

    record IsNull(Expression operand, boolean negated) implements Expression {}

    record Exists(Query query) implements Expression {}

    /** {@code a IS [NOT] DISTINCT FROM b}. */
    record Distinct(Expression left, Expression right, boolean negated) implements Expression {}

    /**
     * @param operand null for a searched CASE
     * @param otherwise null if not given
     */
    record Case(Expression operand, List<When> whens, Expression otherwise) implements Expression {}

    record When(Expression condition, Expression result) {}

    /**
     * CAST and CONVERT.
     *
     * @param style null if not given
     * @param tolerant for the TRY_ forms
     */
    record Cast(Expression operand, SqlType type, Expression style, boolean tolerant) implements Expression {}

    record Subquery(Query query) implements Expression {}

    record AtTimeZone(Expression operand, Expression zone) implements Expression {}

    record Collate(Expression operand, String collation) implements Expression {}

    record NextValue(ObjectName sequence) implements Expression {}

    /**
     * @param star {@code COUNT(*)}
     * @param withinGroup order given by WITHIN GROUP, or empty
     * @param over null if it is not a window function
     */
    record Call(
            ObjectName name,
            List<Expression> arguments,
            boolean distinct,
            boolean star,
            List<OrderItem> withinGroup,
            Window over)
            implements Expression {}

    /** @param frame ROWS or RANGE with its bounds, in words that H2 shares; or empty */
    record Window(List<Expression> partitionBy, List<OrderItem> orderBy, String frame) {}

    record OrderItem(Expression expression, boolean descending) {}
}
