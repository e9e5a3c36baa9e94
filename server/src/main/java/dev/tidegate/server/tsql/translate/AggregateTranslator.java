package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.function.FunctionArity;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Translates aggregates and window functions. */
final class AggregateTranslator {
    private static final Map<String, String> STATISTICS =
            Map.of("STDEV", "STDDEV_SAMP", "STDEVP", "STDDEV_POP", "VAR", "VAR_SAMP", "VARP", "VAR_POP");
    private static final Set<String> RANKINGS =
            Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "PERCENT_RANK", "CUME_DIST");
    private static final Set<String> NEIGHBOURS = Set.of("LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE");
    private static final Set<String> AGGREGATES =
            Set.of("COUNT", "COUNT_BIG", "APPROX_COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX", "STRING_AGG");

    private final ExpressionTranslator expressions;

    AggregateTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    static boolean knows(String name) {
        return AGGREGATES.contains(name)
                || STATISTICS.containsKey(name)
                || RANKINGS.contains(name)
                || NEIGHBOURS.contains(name);
    }

    Operand call(String name, Expression.Call call, Scope scope) throws SqlServerException {
        String over = call.over() == null ? "" : window(call.over(), scope);
        if (RANKINGS.contains(name) || NEIGHBOURS.contains(name)) {
            if (over.isEmpty()) {
                throw KnownError.OVER_MISSING.exception(call.name().name());
            }
            return RANKINGS.contains(name) ? ranking(name, call, over, scope) : neighbour(name, call, over, scope);
        }
        if (call.star()) {
            boolean big = name.equals("COUNT_BIG");
            if (!big && !name.equals("COUNT")) {
                throw KnownError.INCORRECT_SYNTAX.exception("*");
            }
            return count("COUNT(*)" + over, big);
        }
        FunctionArity.check(name, call.arguments().size(), 1, name.equals("STRING_AGG") ? 2 : 1);
        Operand argument = expressions.value(call.arguments().getFirst(), scope);
        if (argument.isNull() && !name.startsWith("COUNT")) {
            throw KnownError.OPERAND_TYPE.exception("NULL", name.toLowerCase(java.util.Locale.ROOT));
        }
        String distinct = call.distinct() ? "DISTINCT " : "";
        return switch (name) {
            case "COUNT", "COUNT_BIG" ->
                count("COUNT(" + distinct + argument.sql() + ")" + over, name.equals("COUNT_BIG"));
            case "APPROX_COUNT_DISTINCT" -> count("COUNT(DISTINCT " + argument.sql() + ")" + over, true);
            case "SUM" -> {
                SqlType type = TypeRules.sum(argument.type());
                yield Operand.of(SqlText.cast("SUM(" + distinct + floating(argument, type) + ")" + over, type), type);
            }
            case "AVG" -> average(argument, distinct, over);
            case "MIN", "MAX" -> {
                if (argument.type().kind() == TypeKind.BIT) {
                    throw TypeRules.notForOperator(argument.type(), name.toLowerCase(java.util.Locale.ROOT));
                }
                yield Operand.of(name + "(" + argument.sql() + ")" + over, argument.type());
            }
            case "STRING_AGG" -> stringAgg(call, argument, scope);
            default ->
                Operand.of(
                        STATISTICS.get(name) + "(" + distinct + Coercion.implicit(argument, SqlType.FLOAT) + ")" + over,
                        SqlType.FLOAT);
        };
    }

    private static Operand count(String sql, boolean big) {
        return big
                ? new Operand(sql, SqlType.BIGINT, false, null)
                : new Operand(SqlText.cast(sql, SqlType.INT), SqlType.INT, false, null);
    }

    private static String floating(Operand argument, SqlType sum) throws SqlServerException {
        return sum.kind() == TypeKind.FLOAT ? Coercion.implicit(argument, SqlType.FLOAT) : argument.sql();
    }

    private static Operand average(Operand argument, String distinct, String over) throws SqlServerException {
        SqlType type = TypeRules.average(argument.type());
        if (type.kind().isInteger()) {
            String exact = "AVG(" + distinct + SqlText.cast(argument.sql(), SqlType.decimal(38, 0)) + ")" + over;
            return Operand.of(SqlText.cast("TRUNCATE(" + exact + ", 0)", type), type);
        }
        return Operand.of(SqlText.cast("AVG(" + distinct + floating(argument, type) + ")" + over, type), type);
    }

    private Operand stringAgg(Expression.Call call, Operand argument, Scope scope) throws SqlServerException {
        FunctionArity.check("string_agg", call.arguments().size(), 2, 2);
        SqlType from = argument.textTypeOr(SqlType.nvarchar(4000));
        SqlType type = from.isMax() ? from : from.kind().isNational() ? SqlType.nvarchar(4000) : SqlType.varchar(8000);
        Operand separator = expressions.value(call.arguments().get(1), scope);
        String sql = "LISTAGG(" + Coercion.implicit(argument, from) + ", "
                + Coercion.implicit(separator, SqlType.nvarchar(4000)) + ")";
        if (!call.withinGroup().isEmpty()) {
            sql += " WITHIN GROUP (" + order(call.withinGroup(), scope) + ")";
        }
        return Operand.of(sql, type);
    }

    private Operand ranking(String name, Expression.Call call, String over, Scope scope) throws SqlServerException {
        if (name.equals("NTILE")) {
            FunctionArity.check("ntile", call.arguments().size(), 1, 1);
            Operand buckets = expressions.value(call.arguments().getFirst(), scope);
            return new Operand(
                    "NTILE(" + Coercion.implicit(buckets, SqlType.BIGINT) + ")" + over, SqlType.BIGINT, false, null);
        }
        FunctionArity.check(name, call.arguments().size(), 0, 0);
        SqlType type = name.equals("PERCENT_RANK") || name.equals("CUME_DIST") ? SqlType.FLOAT : SqlType.BIGINT;
        return new Operand(name + "()" + over, type, false, null);
    }

    private Operand neighbour(String name, Expression.Call call, String over, Scope scope) throws SqlServerException {
        FunctionArity.check(name, call.arguments().size(), 1, 3);
        Operand value = expressions.value(call.arguments().getFirst(), scope);
        StringBuilder sql = new StringBuilder(name).append('(').append(value.sql());
        if (call.arguments().size() > 1) {
            Operand offset = expressions.value(call.arguments().get(1), scope);
            sql.append(", ").append(Coercion.implicit(offset, SqlType.BIGINT));
        }
        if (call.arguments().size() > 2) {
            Operand otherwise = expressions.value(call.arguments().get(2), scope);
            sql.append(", ").append(Coercion.implicit(otherwise, value.type()));
        }
        return Operand.of(sql.append(')').append(over).toString(), value.type());
    }

    private String window(Expression.Window window, Scope scope) throws SqlServerException {
        StringBuilder sql = new StringBuilder(" OVER (");
        if (!window.partitionBy().isEmpty()) {
            List<String> parts = new ArrayList<>();
            for (Expression part : window.partitionBy()) {
                parts.add(expressions.value(part, scope).sql());
            }
            sql.append("PARTITION BY ").append(String.join(", ", parts)).append(' ');
        }
        if (!window.orderBy().isEmpty()) {
            sql.append(order(window.orderBy(), scope)).append(' ');
        }
        return sql.append(window.frame()).append(')').toString();
    }

    private String order(List<Expression.OrderItem> order, Scope scope) throws SqlServerException {
        List<String> items = new ArrayList<>();
        for (Expression.OrderItem item : order) {
            // ORDER BY (SELECT NULL) is how T-SQL says "in no order"
            String key = item.expression() instanceof Expression.Subquery
                    ? "NULL"
                    : expressions.key(item.expression(), scope);
            items.add(key + (item.descending() ? " DESC" : ""));
        }
        return "ORDER BY " + String.join(", ", items);
    }
}
