package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Translates conditions. Text compares without regard to case; trailing spaces of constants and padded columns do not count. */
final class PredicateTranslator {
    private final Translation translation;

    PredicateTranslator(Translation translation) {
        this.translation = translation;
    }

    String condition(Expression expression, Scope scope) throws SqlServerException {
        return switch (expression) {
            case Expression.And and ->
                "(" + condition(and.left(), scope) + " AND " + condition(and.right(), scope) + ")";
            case Expression.Or or -> "(" + condition(or.left(), scope) + " OR " + condition(or.right(), scope) + ")";
            case Expression.Not not -> "(NOT " + condition(not.operand(), scope) + ")";
            case Expression.Comparison comparison ->
                comparison(comparison.operator(), value(comparison.left(), scope), value(comparison.right(), scope));
            case Expression.Between between -> between(between, scope);
            case Expression.InList in -> inList(in, scope);
            case Expression.InQuery in -> inQuery(in, scope);
            case Expression.Quantified quantified -> quantified(quantified, scope);
            case Expression.Like like -> like(like, scope);
            case Expression.IsNull isNull ->
                "(" + value(isNull.operand(), scope).sql() + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)");
            case Expression.Exists exists ->
                "EXISTS (" + translation.queries().query(exists.query(), scope).sql() + ")";
            case Expression.Distinct distinct ->
                comparison(
                        distinct.negated() ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM",
                        value(distinct.left(), scope),
                        value(distinct.right(), scope));
            default -> throw notCondition(expression);
        };
    }

    static boolean isCondition(Expression expression) {
        return switch (expression) {
            case Expression.And a -> true;
            case Expression.Or o -> true;
            case Expression.Not n -> true;
            case Expression.Comparison c -> true;
            case Expression.Between b -> true;
            case Expression.InList i -> true;
            case Expression.InQuery i -> true;
            case Expression.Quantified q -> true;
            case Expression.Like l -> true;
            case Expression.IsNull n -> true;
            case Expression.Exists e -> true;
            case Expression.Distinct d -> true;
            default -> false;
        };
    }

    private static SqlServerException notCondition(Expression expression) {
        String near = expression instanceof Expression.Column column
                ? column.name()
                : expression instanceof Expression.Variable v ? v.name() : "expression";
        return new SqlServerException(
                4145,
                1,
                15,
                "An expression of non-boolean type specified in a context where a condition is expected, near '" + near
                        + "'.");
    }

    private Operand value(Expression expression, Scope scope) throws SqlServerException {
        return translation.expressions().value(expression, scope);
    }

    private static String comparison(String operator, Operand left, Operand right) throws SqlServerException {
        String h2 = operator.equals("!<") ? ">=" : operator.equals("!>") ? "<=" : operator;
        List<String> sides = sides(List.of(left, right));
        return "(" + sides.get(0) + " " + h2 + " " + sides.get(1) + ")";
    }

    /** Operands in a form that H2 compares as SQL Server does. */
    static List<String> sides(List<Operand> operands) throws SqlServerException {
        SqlType common = null;
        for (Operand operand : operands) {
            refuseLong(operand);
            common = TypeRules.common(common, operand.type());
        }
        List<String> sides = new ArrayList<>();
        for (Operand operand : operands) {
            if (common == null || operand.isNull()) {
                operand.suggest(common);
                sides.add("NULL");
            } else if (common.isCharacter()) {
                sides.add(text(operand));
            } else {
                sides.add(number(operand, common));
            }
        }
        return sides;
    }

    private static void refuseLong(Operand operand) throws SqlServerException {
        TypeKind kind = operand.isNull() ? null : operand.type().kind();
        if (kind == TypeKind.TEXT || kind == TypeKind.NTEXT || kind == TypeKind.IMAGE || kind == TypeKind.XML) {
            throw new SqlServerException(
                    306,
                    2,
                    16,
                    "The text, ntext, image and xml data types cannot be compared or sorted, except when using IS NULL"
                            + " or LIKE operator.");
        }
    }

    /** A column stays as it is, so that an index serves; padding is taken off the other side or added to it. */
    private static String text(Operand operand) {
        if (operand.literal() instanceof String text) {
            return SqlText.cast(SqlText.string(stripTrailing(text)), SqlType.varchar(SqlType.MAX));
        }
        if (operand.sql().startsWith("CAST(?")) {
            return "RTRIM(" + operand.sql() + ")";
        }
        if (operand.type().isPadded()) {
            return "RTRIM(" + operand.sql() + ")";
        }
        return operand.sql().startsWith("\"") || operand.sql().startsWith("CAST(")
                ? operand.sql()
                : SqlText.cast(operand.sql(), SqlType.varchar(SqlType.MAX));
    }

    private static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Exact numbers of different types compare as they are; H2 finds the common type itself. */
    private static String number(Operand operand, SqlType common) {
        TypeKind kind = operand.type().kind();
        boolean exact = kind.isInteger() || kind.isDecimal() || kind.isMoney();
        boolean commonExact = common.kind().isInteger()
                || common.kind().isDecimal()
                || common.kind().isMoney();
        if (exact && commonExact) {
            return operand.sql();
        }
        if (kind == TypeKind.BIT && commonExact) {
            return SqlText.cast(operand.sql(), SqlType.INT);
        }
        boolean stamp = kind == TypeKind.DATETIME
                || kind == TypeKind.DATETIME2
                || kind == TypeKind.SMALLDATETIME
                || kind == TypeKind.DATE;
        boolean commonStamp = common.kind() == TypeKind.DATETIME
                || common.kind() == TypeKind.DATETIME2
                || common.kind() == TypeKind.SMALLDATETIME;
        if (stamp && commonStamp) {
            return operand.sql();
        }
        if (common.kind() == TypeKind.DECIMAL || common.kind() == TypeKind.NUMERIC) {
            return Coercion.implicit(
                    operand, kind.isCharacter() ? SqlType.decimal(38, Math.min(common.scale() + 6, 20)) : common);
        }
        return Coercion.implicit(operand, common);
    }

    private String between(Expression.Between between, Scope scope) throws SqlServerException {
        Operand operand = value(between.operand(), scope);
        String low = comparison(">=", operand, value(between.low(), scope));
        String high = comparison("<=", operand, value(between.high(), scope));
        return (between.negated() ? "(NOT (" : "((") + low + " AND " + high + "))";
    }

    private String inList(Expression.InList in, Scope scope) throws SqlServerException {
        List<Operand> operands = new ArrayList<>();
        operands.add(value(in.operand(), scope));
        for (Expression item : in.values()) {
            operands.add(value(item, scope));
        }
        List<String> sides = sides(operands);
        return "(" + sides.getFirst() + (in.negated() ? " NOT IN (" : " IN (")
                + String.join(", ", sides.subList(1, sides.size())) + "))";
    }

    private String inQuery(Expression.InQuery in, Scope scope) throws SqlServerException {
        Operand operand = value(in.operand(), scope);
        TranslatedQuery query = single(translation.queries().query(in.query(), scope));
        String left = against(operand, query);
        return "(" + left + (in.negated() ? " NOT IN (" : " IN (") + query.sql() + "))";
    }

    private static TranslatedQuery single(TranslatedQuery query) throws SqlServerException {
        if (query.columns().size() != 1) {
            throw new SqlServerException(
                    116,
                    1,
                    16,
                    "Only one expression can be specified in the select list when the subquery is not introduced with"
                            + " EXISTS.");
        }
        return query;
    }

    private static String against(Operand operand, TranslatedQuery query) throws SqlServerException {
        return sides(List.of(
                        operand, Operand.of("\"\"", query.columns().getFirst().type())))
                .getFirst();
    }

    private String quantified(Expression.Quantified quantified, Scope scope) throws SqlServerException {
        Operand operand = value(quantified.left(), scope);
        TranslatedQuery query = single(translation.queries().query(quantified.query(), scope));
        return "(" + against(operand, query) + " " + quantified.operator() + " " + quantified.quantifier() + " ("
                + query.sql() + "))";
    }

    private String like(Expression.Like like, Scope scope) throws SqlServerException {
        Operand operand = value(like.operand(), scope);
        Operand pattern = value(like.pattern(), scope);
        String text = Coercion.implicit(operand, operand.textTypeOr(SqlType.nvarchar(4000)));
        String escape =
                like.escape() == null ? null : value(like.escape(), scope).sql();
        String negation = like.negated() ? " NOT LIKE " : " LIKE ";
        if (pattern.literal() instanceof String simple && simple.indexOf('[') < 0) {
            String ignoring = text.startsWith("\"") ? text : SqlText.cast(text, SqlType.varchar(SqlType.MAX));
            String left = operand.type() != null && operand.type().isPadded() ? "RTRIM(" + ignoring + ")" : ignoring;
            return "(" + left + negation + SqlText.string(simple) + " ESCAPE " + (escape == null ? "''" : escape) + ")";
        }
        String call = "TIDEGATE.T_IS_LIKE(" + text + ", "
                + Coercion.implicit(pattern, pattern.textTypeOr(SqlType.nvarchar(4000))) + ", "
                + (escape == null ? "''" : escape) + ")";
        return like.negated() ? "(NOT " + call + ")" : call;
    }
}
