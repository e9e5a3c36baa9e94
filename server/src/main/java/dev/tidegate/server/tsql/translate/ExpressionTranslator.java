package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.CollationRule;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Translates expressions that have a value, and finds their types. */
final class ExpressionTranslator {
    private final Translation translation;
    private final CallTranslator calls;

    ExpressionTranslator(Translation translation) {
        this.translation = translation;
        this.calls = new CallTranslator(translation, this);
    }

    Operand value(Expression expression, Scope scope) throws SqlServerException {
        return switch (expression) {
            case Expression.Literal literal ->
                new Operand(SqlText.literal(literal.value(), literal.type()), literal.type(), false, literal.value());
            case Expression.Null n -> new Operand("NULL", null, true, null);
            case Expression.Variable variable -> translation.variable(variable.name());
            case Expression.Global global -> translation.global(global.name());
            case Expression.Column column -> column(column, scope);
            case Expression.Unary unary -> unary(unary, scope);
            case Expression.Binary binary ->
                Arithmetic.binary(binary.operator(), value(binary.left(), scope), value(binary.right(), scope));
            case Expression.Case choice -> choice(choice, scope);
            case Expression.Cast cast -> cast(cast, scope);
            case Expression.Call call -> calls.call(call, scope);
            case Expression.Subquery subquery -> subquery(subquery, scope);
            case Expression.Collate collate -> collate(collate, scope);
            case Expression.AtTimeZone zone -> TimeZones.at(value(zone.operand(), scope), value(zone.zone(), scope));
            case Expression.NextValue next -> next(next.sequence());
            case Expression.Default d -> throw syntax("DEFAULT");
            default ->
                throw PredicateTranslator.misplaced(expression);
        };
    }

    private Operand next(ObjectName sequence) throws SqlServerException {
        SqlType type = translation
                .session()
                .sequence(sequence)
                .orElseThrow(() -> KnownError.INVALID_OBJECT.exception(sequence));
        return Operand.of("NEXT VALUE FOR " + SequenceName.sql(sequence), type);
    }

    /** Where a text is compared its collation is heeded; that of a value which goes elsewhere cannot be another one. */
    private Operand collate(Expression.Collate collate, Scope scope) throws SqlServerException {
        if (CollationRule.of(collate.collation()) != CollationRule.DATABASE) {
            throw KnownError.UNSUPPORTED.exception("COLLATE " + collate.collation() + " is not supported by this server here: it may stand at an"
                            + " operand of a comparison, of IN with a list, BETWEEN or LIKE, and in ORDER BY.");
        }
        return value(collate.operand(), scope);
    }

    private static SqlServerException syntax(String keyword) {
        return KnownError.INCORRECT_SYNTAX_KEYWORD.exception(keyword);
    }

    /** What to order rows by. */
    String key(Expression expression, Scope scope) throws SqlServerException {
        return translation.predicates().key(expression, scope);
    }

    /** Several values, brought to their common type. */
    List<Operand> unified(List<Operand> operands, SqlType common) throws SqlServerException {
        List<Operand> unified = new ArrayList<>();
        for (Operand operand : operands) {
            unified.add(new Operand(Coercion.implicit(operand, common), common, operand.nullable(), null));
        }
        return unified;
    }

    Operand column(Expression.Column column, Scope scope) throws SqlServerException {
        if (scope == null) {
            if (column.parts().size() > 1) {
                throw KnownError.UNBOUND_IDENTIFIER.exception(String.join(".", column.parts()));
            }
            throw KnownError.INVALID_COLUMN.exception(column.name());
        }
        Scope.Found found = scope.find(column.parts());
        String sql = found.source().reference().sql(found.column().name());
        return new Operand(sql, found.column().type(), found.column().nullable(), null);
    }

    private Operand unary(Expression.Unary unary, Scope scope) throws SqlServerException {
        Operand operand = value(unary.operand(), scope);
        if (operand.isNull()) {
            return operand;
        }
        SqlType type = operand.type();
        if (unary.operator().equals("~")) {
            if (type.kind() == TypeKind.BIT) {
                return new Operand("(NOT " + operand.sql() + ")", type, operand.nullable(), null);
            }
            if (!type.kind().isInteger()) {
                throw TypeRules.notForOperator(type, "'~'");
            }
            return new Operand("BITNOT(" + operand.sql() + ")", type, operand.nullable(), null);
        }
        if (!type.kind().isNumeric()) {
            throw TypeRules.notForOperator(type, "minus");
        }
        return new Operand("(-" + operand.sql() + ")", type, operand.nullable(), null);
    }

    private Operand choice(Expression.Case choice, Scope scope) throws SqlServerException {
        List<Operand> results = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        SqlType type = null;
        for (Expression.When when : choice.whens()) {
            Expression condition = choice.operand() == null
                    ? when.condition()
                    : new Expression.Comparison("=", choice.operand(), when.condition());
            conditions.add(translation.predicates().condition(condition, scope));
            Operand result = value(when.result(), scope);
            results.add(result);
            type = TypeRules.common(type, result.type());
        }
        if (choice.otherwise() != null) {
            Operand otherwise = value(choice.otherwise(), scope);
            results.add(otherwise);
            type = TypeRules.common(type, otherwise.type());
        }
        if (type == null) {
            throw KnownError.CASE_ALL_NULL.exception();
        }
        StringBuilder sql = new StringBuilder("CASE");
        boolean nullable = choice.otherwise() == null;
        for (int i = 0; i < results.size(); i++) {
            sql.append(i < conditions.size() ? " WHEN " + conditions.get(i) + " THEN " : " ELSE ")
                    .append(Coercion.implicit(results.get(i), type));
            nullable |= results.get(i).nullable();
        }
        return new Operand(sql.append(" END").toString(), type, nullable, null);
    }

    private Operand cast(Expression.Cast cast, Scope scope) throws SqlServerException {
        Operand operand = value(cast.operand(), scope);
        String style = "0";
        if (cast.style() != null) {
            Operand given = value(cast.style(), scope);
            if (given.isNull()) {
                return new Operand(SqlText.cast("NULL", cast.type()), cast.type(), true, null);
            }
            style = Coercion.implicit(given, SqlType.INT);
        }
        String sql = Coercion.convert(operand, cast.type(), style, cast.tolerant());
        return new Operand(sql, cast.type(), operand.nullable() || cast.tolerant(), null);
    }

    private Operand subquery(Expression.Subquery subquery, Scope scope) throws SqlServerException {
        TranslatedQuery query = translation.queries().query(subquery.query(), scope);
        if (query.columns().size() != 1) {
            throw KnownError.SUBQUERY_ONE_EXPRESSION.exception();
        }
        return Operand.of("(" + query.sql() + ")", query.columns().getFirst().type());
    }

    /** A whole number that must be known when the statement is translated: a position, a length. */
    static int constant(Operand operand, int otherwise) {
        return operand.literal() instanceof Integer number
                ? number
                : operand.literal() instanceof BigDecimal number ? number.intValue() : otherwise;
    }
}
