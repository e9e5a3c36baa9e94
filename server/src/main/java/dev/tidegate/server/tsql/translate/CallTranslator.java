package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.function.FunctionArity;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.function.VariantFunctions;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Translates calls of functions: scalar ones, aggregates, and window functions. */
final class CallTranslator {
    /** Their first argument is the name of a part of a date. */
    private static final Set<String> DATE_PART_FIRST =
            Set.of("DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART", "DATENAME", "DATETRUNC");

    /** Functions that SQL Server has and this server has not. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "JSON_VALUE",
            "JSON_QUERY",
            "JSON_MODIFY",
            "JSON_PATH_EXISTS",
            "ISJSON",
            "CHECKSUM_AGG",
            "GROUPING",
            "GROUPING_ID",
            "DATE_BUCKET",
            "COMPRESS",
            "DECOMPRESS",
            "STRING_ESCAPE",
            "FORMATMESSAGE",
            "BIT_COUNT",
            "LEFT_SHIFT",
            "RIGHT_SHIFT",
            "GET_BIT",
            "SET_BIT");

    private final Translation translation;
    private final ExpressionTranslator expressions;
    private final AggregateTranslator aggregates;

    CallTranslator(Translation translation, ExpressionTranslator expressions) {
        this.translation = translation;
        this.expressions = expressions;
        this.aggregates = new AggregateTranslator(expressions);
    }

    Operand call(Expression.Call call, Scope scope) throws SqlServerException {
        String name = call.name().name().toUpperCase(Locale.ROOT);
        if (AggregateTranslator.knows(name)) {
            return aggregates.call(name, call, scope);
        }
        if (name.equals("IIF")) {
            FunctionArity.check("iif", call.arguments().size(), 3, 3);
            List<Expression> a = call.arguments();
            return expressions.value(
                    new Expression.Case(null, List.of(new Expression.When(a.get(0), a.get(1))), a.get(2)), scope);
        }
        if (name.equals("CHOOSE")) {
            return choose(call.arguments(), scope);
        }
        List<Operand> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            boolean datePart = arguments.isEmpty() && DATE_PART_FIRST.contains(name);
            arguments.add(datePart ? datePart(argument) : expressions.value(argument, scope));
        }
        switch (name) {
            case "COALESCE" -> {
                return coalesce(arguments);
            }
            case "ISNULL" -> {
                FunctionArity.check("isnull", arguments.size(), 2, 2);
                return isNull(arguments.get(0), arguments.get(1));
            }
            case "NULLIF" -> {
                FunctionArity.check("nullif", arguments.size(), 2, 2);
                return nullIf(arguments.get(0), arguments.get(1));
            }
            default -> {
                ScalarFunction function = translation.session().function(name).orElseThrow(() -> unknown(call));
                VariantFunctions.checkArguments(name, arguments);
                return function.call(name, arguments, translation);
            }
        }
    }

    private static SqlServerException unknown(Expression.Call call) {
        if (call.name().parts().size() > 1) {
            return KnownError.UNKNOWN_FUNCTION.exception(call.name().schema(), call.name());
        }
        String name = call.name().name().toUpperCase(Locale.ROOT);
        return UNSUPPORTED.contains(name)
                ? KnownError.UNSUPPORTED.exception("The function " + name + " is not supported by this server.")
                : KnownError.UNKNOWN_BUILT_IN.exception(call.name().name(), "built-in function name");
    }

    private static Operand datePart(Expression argument) throws SqlServerException {
        if (argument instanceof Expression.Column column && column.parts().size() == 1) {
            return new Operand(SqlText.string(column.name()), SqlType.varchar(30), false, column.name());
        }
        throw KnownError.INVALID_DATEPART.exception();
    }

    private Operand choose(List<Expression> arguments, Scope scope) throws SqlServerException {
        FunctionArity.check("choose", arguments.size(), 2, 255);
        List<Expression.When> whens = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            whens.add(new Expression.When(new Expression.Literal(SqlType.INT, i), arguments.get(i)));
        }
        return expressions.value(new Expression.Case(arguments.getFirst(), whens, null), scope);
    }

    private Operand coalesce(List<Operand> arguments) throws SqlServerException {
        FunctionArity.check("coalesce", arguments.size(), 2, 255);
        SqlType type = null;
        boolean nullable = true;
        for (Operand argument : arguments) {
            type = TypeRules.common(type, argument.type());
            nullable &= argument.nullable();
        }
        if (type == null) {
            throw KnownError.COALESCE_ALL_NULL.exception();
        }
        List<String> texts =
                expressions.unified(arguments, type).stream().map(Operand::sql).toList();
        return new Operand("COALESCE(" + String.join(", ", texts) + ")", type, nullable, null);
    }

    /** The first argument decides the type. */
    private static Operand isNull(Operand value, Operand replacement) throws SqlServerException {
        SqlType type = value.isNull() ? (replacement.isNull() ? SqlType.INT : replacement.type()) : value.type();
        String sql = "COALESCE(" + Coercion.implicit(value, type) + ", "
                + Coercion.convert(replacement, type, "0", false) + ")";
        return new Operand(sql, type, value.nullable() && replacement.nullable(), null);
    }

    private static Operand nullIf(Operand value, Operand other) throws SqlServerException {
        if (value.isNull()) {
            throw KnownError.NULLIF_NULL.exception();
        }
        List<String> sides = PredicateTranslator.sides(List.of(value, other));
        String sql = "CASE WHEN " + sides.get(0) + " = " + sides.get(1) + " THEN NULL ELSE " + value.sql() + " END";
        return new Operand(sql, value.type(), true, null);
    }
}
