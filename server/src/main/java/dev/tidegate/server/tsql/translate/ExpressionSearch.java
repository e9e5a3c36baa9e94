package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.ast.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks for variables, and for calls of aggregates and window functions, in an expression; what is in its sub-queries does not count. */
public final class ExpressionSearch {
    private ExpressionSearch() {}

    public static boolean hasWindow(Expression expression) {
        return calls(expression).anyMatch(call -> call.over() != null);
    }

    public static boolean hasAggregate(Expression expression) {
        return calls(expression)
                .anyMatch(call -> call.over() == null
                        && AggregateTranslator.knows(call.name().name().toUpperCase(Locale.ROOT)));
    }

    /** Names of variables in lower case, with their at signs. */
    public static Stream<String> variables(Expression expression) {
        return all(expression)
                .filter(Expression.Variable.class::isInstance)
                .map(variable -> ((Expression.Variable) variable).name().toLowerCase(Locale.ROOT));
    }

    private static Stream<Expression.Call> calls(Expression expression) {
        return all(expression).filter(Expression.Call.class::isInstance).map(Expression.Call.class::cast);
    }

    private static Stream<Expression> all(Expression expression) {
        return Stream.concat(
                Stream.of(expression),
                parts(expression).stream().filter(Objects::nonNull).flatMap(ExpressionSearch::all));
    }

    private static List<Expression> parts(Expression expression) {
        return switch (expression) {
            case Expression.Unary unary -> List.of(unary.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Expression.Quantified quantified -> List.of(quantified.left());
            case Expression.And and -> List.of(and.left(), and.right());
            case Expression.Or or -> List.of(or.left(), or.right());
            case Expression.Not not -> List.of(not.operand());
            case Expression.Between between -> List.of(between.operand(), between.low(), between.high());
            case Expression.InList in ->
                Stream.concat(Stream.of(in.operand()), in.values().stream()).toList();
            case Expression.InQuery in -> List.of(in.operand());
            case Expression.Like like -> List.of(like.operand(), like.pattern());
            case Expression.IsNull isNull -> List.of(isNull.operand());
            case Expression.Distinct distinct -> List.of(distinct.left(), distinct.right());
            case Expression.Case choice ->
                Stream.concat(
                                Stream.of(choice.operand(), choice.otherwise()),
                                choice.whens().stream().flatMap(when -> Stream.of(when.condition(), when.result())))
                        .filter(Objects::nonNull)
                        .toList();
            case Expression.Cast cast -> List.of(cast.operand());
            case Expression.AtTimeZone zone -> List.of(zone.operand(), zone.zone());
            case Expression.Collate collate -> List.of(collate.operand());
            case Expression.Call call -> call.arguments();
            default -> List.of();
        };
    }
}
