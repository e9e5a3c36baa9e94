package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.CollationRule;
import dev.tidegate.server.tsql.function.VariantFunctions;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Translates conditions. Text compares without regard to case and trailing spaces, which H2's own order of text does here. */
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
                comparison(comparison.operator(), comparison.left(), comparison.right(), scope);
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
                        distinct.left(),
                        distinct.right(),
                        scope);
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

    /** The error for a condition where a value is expected. */
    static SqlServerException misplaced(Expression condition) {
        String word = word(condition);
        return (Character.isLetter(word.charAt(0)) ? KnownError.INCORRECT_SYNTAX_KEYWORD : KnownError.INCORRECT_SYNTAX)
                .exception(word);
    }

    /** The word or sign that makes an expression a condition. */
    private static String word(Expression condition) {
        return switch (condition) {
            case Expression.And a -> "AND";
            case Expression.Or o -> "OR";
            case Expression.Not n -> "NOT";
            case Expression.Between b -> "BETWEEN";
            case Expression.InList i -> "IN";
            case Expression.InQuery i -> "IN";
            case Expression.Like l -> "LIKE";
            case Expression.IsNull n -> "IS";
            case Expression.Exists e -> "EXISTS";
            case Expression.Comparison c -> c.operator();
            case Expression.Quantified q -> q.operator();
            default -> "DISTINCT";
        };
    }

    private static SqlServerException notCondition(Expression expression) {
        String near = expression instanceof Expression.Column column
                ? column.name()
                : expression instanceof Expression.Variable v ? v.name() : "expression";
        return KnownError.NON_BOOLEAN_CONDITION.exception(near);
    }

    private Operand value(Expression expression, Scope scope) throws SqlServerException {
        return translation.expressions().value(expression, scope);
    }

    private String comparison(String operator, Expression left, Expression right, Scope scope)
            throws SqlServerException {
        String h2 = operator.equals("!<") ? ">=" : operator.equals("!>") ? "<=" : operator;
        boolean ordered = operator.contains("<") && !operator.equals("<>") || operator.contains(">") && !operator.equals("<>");
        List<String> sides = sides(List.of(left, right), scope, ordered);
        return "(" + sides.get(0) + " " + h2 + " " + sides.get(1) + ")";
    }

    /** As {@link #sides(List)}, by the collation that one of the expressions names. */
    private List<String> sides(List<Expression> expressions, Scope scope, boolean ordered) throws SqlServerException {
        CollationRule rule = rule(expressions, ordered);
        List<Operand> operands = new ArrayList<>();
        for (Expression expression : expressions) {
            operands.add(value(withoutCollation(expression), scope));
        }
        List<String> sides = sides(operands);
        if (rule == CollationRule.DATABASE) {
            return sides;
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            keys.add(operands.get(i).isNull() ? "NULL" : binary(sides.get(i), operands.get(i)));
        }
        return keys;
    }

    /** What orders text as its characters are numbered. */
    private static String binary(String sql, Operand operand) throws SqlServerException {
        if (!operand.type().isCharacter()) {
            throw KnownError.NOT_TEXT_FOR_COLLATE.exception(operand.type());
        }
        return "CAST(RTRIM(" + sql + ") AS VARBINARY)";
    }

    private static Expression withoutCollation(Expression expression) {
        return expression instanceof Expression.Collate collate ? withoutCollation(collate.operand()) : expression;
    }

    /** @param ordered whether it matters which text comes first */
    private static CollationRule rule(List<Expression> expressions, boolean ordered) throws SqlServerException {
        String named = null;
        for (Expression expression : expressions) {
            if (expression instanceof Expression.Collate collate) {
                if (named != null && !named.equalsIgnoreCase(collate.collation())) {
                    throw KnownError.COLLATION_CONFLICT.exception(named, collate.collation(), ordered ? "comparison" : "equal to");
                }
                named = collate.collation();
            }
        }
        CollationRule rule = named == null ? CollationRule.DATABASE : CollationRule.of(named);
        if (ordered && rule == CollationRule.CASE_SENSITIVE) {
            throw KnownError.UNSUPPORTED.exception("The order of text by " + named + " is not supported by this server: =, <>, IN and LIKE are,"
                            + " and the order by collations whose names end in _BIN2.");
        }
        return rule;
    }

    /** What to order rows by. */
    String key(Expression expression, Scope scope) throws SqlServerException {
        return sides(List.of(expression), scope, true).getFirst();
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
            } else if (common.kind() == TypeKind.SQL_VARIANT) {
                sides.add(variant(operand, operands.size()));
            } else if (common.isCharacter()) {
                sides.add(text(operand));
            } else {
                sides.add(number(operand, common));
            }
        }
        return sides;
    }

    /** Alone it is to be ordered: its bytes begin with its key, and DISTINCT wants to find the same expression in the list. */
    private static String variant(Operand operand, int sides) throws SqlServerException {
        return sides == 1
                ? operand.sql()
                : "TIDEGATE.T_VARIANT_KEY(" + Coercion.implicit(operand, SqlType.SQL_VARIANT) + ")";
    }

    private static void refuseLong(Operand operand) throws SqlServerException {
        TypeKind kind = operand.isNull() ? null : operand.type().kind();
        if (kind == TypeKind.VECTOR || kind == TypeKind.JSON) {
            throw KnownError.INCOMPATIBLE_OPERANDS.exception(kind.sqlName(), kind.sqlName(), "comparison");
        }
        if (kind == TypeKind.TEXT || kind == TypeKind.NTEXT || kind == TypeKind.IMAGE || kind == TypeKind.XML) {
            throw KnownError.TEXT_NOT_COMPARABLE.exception();
        }
    }

    /** A column stays as it is, so that an index serves: trailing spaces and case count nowhere in H2's databases here. */
    private static String text(Operand operand) {
        return operand.sql().startsWith("\"") || operand.sql().startsWith("CAST(")
                ? operand.sql()
                : SqlText.cast(operand.sql(), SqlType.varchar(SqlType.MAX));
    }

    /** Exact numbers of different types compare as they are; H2 finds the common type itself. */
    private static String number(Operand operand, SqlType common) throws SqlServerException {
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
        String low = comparison(">=", between.operand(), between.low(), scope);
        String high = comparison("<=", between.operand(), between.high(), scope);
        return (between.negated() ? "(NOT (" : "((") + low + " AND " + high + "))";
    }

    private String inList(Expression.InList in, Scope scope) throws SqlServerException {
        List<Expression> operands = new ArrayList<>();
        operands.add(in.operand());
        operands.addAll(in.values());
        List<String> sides = sides(operands, scope, false);
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
            throw KnownError.SUBQUERY_ONE_EXPRESSION.exception();
        }
        return query;
    }

    private static String against(Operand operand, TranslatedQuery query) throws SqlServerException {
        SqlType found = query.columns().getFirst().type();
        SqlType common = TypeRules.common(operand.type(), found);
        if (common != null && common.kind() == TypeKind.SQL_VARIANT) {
            throw KnownError.UNSUPPORTED.exception("IN, ANY and ALL over a subquery of sql_variant are not supported by this server: use EXISTS,"
                            + " or CAST to a type.");
        }
        return sides(List.of(operand, Operand.of("\"\"", found))).getFirst();
    }

    private String quantified(Expression.Quantified quantified, Scope scope) throws SqlServerException {
        Operand operand = value(quantified.left(), scope);
        TranslatedQuery query = single(translation.queries().query(quantified.query(), scope));
        return "(" + against(operand, query) + " " + quantified.operator() + " " + quantified.quantifier() + " ("
                + query.sql() + "))";
    }

    /** The spaces that a text ends with do not count in LIKE, unless one side is Unicode; those of the pattern do. */
    private String like(Expression.Like like, Scope scope) throws SqlServerException {
        boolean exact = rule(List.of(like.operand(), like.pattern()), false) != CollationRule.DATABASE;
        Operand operand = value(withoutCollation(like.operand()), scope);
        Operand pattern = value(withoutCollation(like.pattern()), scope);
        VariantFunctions.checkArguments("LIKE", List.of(operand, pattern));
        String text = Coercion.implicit(operand, operand.textTypeOr(SqlType.nvarchar(4000)));
        String escape =
                like.escape() == null ? "''" : value(like.escape(), scope).sql();
        boolean padded = !isNational(operand) && !isNational(pattern);
        String constant = exact || like.escape() != null ? null : plainPattern(pattern, padded);
        if (constant != null) {
            String ignoring = text.startsWith("\"") ? text : SqlText.cast(text, SqlType.varchar(SqlType.MAX));
            // without any wildcard it is an equation to H2
            String left = padded && !constant.endsWith("%") && wildcard(constant) < constant.length()
                    ? "RTRIM(" + ignoring + ")"
                    : ignoring;
            return "(" + left + (like.negated() ? " NOT LIKE " : " LIKE ") + SqlText.string(constant) + " ESCAPE '')";
        }
        String call = "TIDEGATE.T_IS_LIKE(" + text + ", "
                + Coercion.implicit(pattern, pattern.textTypeOr(SqlType.nvarchar(4000))) + ", " + escape + ", "
                + literal(padded) + ", " + literal(exact) + ")";
        return like.negated() ? "(NOT " + call + ")" : call;
    }

    private static String literal(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    private static boolean isNational(Operand operand) {
        return !operand.isNull() && operand.type().kind().isNational();
    }

    /**
     * A constant pattern that H2's own LIKE understands as SQL Server does, also where it looks up what the pattern begins with in an
     * index: from a letter with an accent it would not find all. Else null.
     */
    private static String plainPattern(Operand pattern, boolean padded) {
        if (!(pattern.literal() instanceof String text) || text.indexOf('[') >= 0) {
            return null;
        }
        int wild = wildcard(text);
        boolean findable = wild == 0 || text.charAt(wild - 1) < 0x80;
        boolean open = padded ? text.endsWith(" ") || text.endsWith("_") : wild == text.length();
        return findable && !open ? text : null;
    }

    /** Where the first wildcard stands; the length if there is none. */
    private static int wildcard(String pattern) {
        int at = 0;
        while (at < pattern.length() && pattern.charAt(at) != '%' && pattern.charAt(at) != '_') {
            at++;
        }
        return at;
    }
}
