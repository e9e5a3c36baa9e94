package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;
import java.util.Set;

/** Aggregates whose result does not depend on the engine. */
final class Aggregates {
    static final Set<String> NAMES = Set.of("count_star", "count", "sum", "min", "max", "avg");

    private static final int MAX_PRECISION = 38;

    private static final int SUMMED_PRECISION = 28;

    private final Rules rules;
    private final Scalars scalars;

    Aggregates(Rules rules, Scalars scalars) {
        this.rules = rules;
        this.scalars = scalars;
    }

    Scalar compute(Node node, String name, List<Node> arguments) throws Untranslatable {
        boolean ordered =
                node.child("order_bys").map(orders -> orders.has("orders")).orElse(false);
        if (node.has("filter") || ordered || !node.text("schema").isEmpty()) {
            throw new Untranslatable("an aggregate with FILTER or an order");
        }
        if (name.equals("count_star") && arguments.isEmpty()) {
            return Scalar.notNull(Tsql.text("COUNT_BIG(*)"), TypeInfo.bigint(), DuckType.BIGINT);
        }
        if (arguments.size() != 1 || !(scalars.operand(arguments.get(0)) instanceof Scalar argument)) {
            throw new Untranslatable("an aggregate of a constant, or of several values");
        }
        String text = argument.sql().sql();
        if (text.contains("(SELECT ") || text.contains("COUNT_BIG(")) {
            throw new Untranslatable("an aggregate of a sub-query or of another aggregate");
        }
        return switch (name) {
            case "count" -> count(argument, node.flag("distinct"));
            case "min", "max" -> extreme(name, argument);
            case "sum" -> sum(argument, node.flag("distinct"));
            default -> average(argument, node.flag("distinct"));
        };
    }

    private Scalar count(Scalar argument, boolean distinct) throws Untranslatable {
        if (distinct ? !argument.isGrouped(rules) : !argument.isComparable()) {
            throw new Untranslatable("count of " + argument.type().toSql());
        }
        Tsql sql = Tsql.of("COUNT_BIG(" + (distinct ? "DISTINCT " : "") + "{})", argument.sql());
        return Scalar.notNull(sql, TypeInfo.bigint(), DuckType.BIGINT);
    }

    private Scalar extreme(String name, Scalar argument) throws Untranslatable {
        if (!argument.isOrdered(rules) || argument.duck().equals(DuckType.BOOLEAN)) {
            throw new Untranslatable(name + " of " + argument.type().toSql());
        }
        return Scalar.of(
                Tsql.of((name.equals("min") ? "MIN" : "MAX") + "({})", argument.sql()),
                argument.type(),
                argument.duck());
    }

    /** As a decimal of 38 digits, which the sum of {@value #SUMMED_PRECISION} digits does not exceed in ten thousand million rows. */
    private Scalar sum(Scalar argument, boolean distinct) throws Untranslatable {
        if (argument.fuzzy() || distinct) {
            throw new Untranslatable("a sum of floats or of different values");
        }
        DuckType duck = argument.duck();
        if (duck.isFloat() && rules == Rules.SERVER) {
            return Scalar.of(Tsql.of("SUM(CAST({} AS float))", argument.sql()), TypeInfo.float8(), DuckType.DOUBLE);
        }
        if (!duck.isExactNumber()) {
            throw new Untranslatable("a sum of " + duck);
        }
        int scale = NumberBounds.scale(argument.type());
        if (scale != duck.scale()) {
            throw new Untranslatable("a sum of a cast");
        }
        if (NumberBounds.ownDigits(argument.type()) + scale > SUMMED_PRECISION) {
            throw new Untranslatable("a sum of numbers of more than " + SUMMED_PRECISION + " digits");
        }
        TypeInfo type = TypeInfo.decimal(MAX_PRECISION, scale);
        return Scalar.of(
                Tsql.of("SUM(CAST({} AS " + type.toSql() + "))", argument.sql()),
                type,
                duck.isInteger() ? DuckType.HUGEINT : DuckType.decimal(MAX_PRECISION, scale));
    }

    private Scalar average(Scalar argument, boolean distinct) throws Untranslatable {
        boolean number = argument.duck().isExactNumber() || argument.duck().isFloat();
        if (rules != Rules.SERVER || distinct || !number) {
            throw new Untranslatable("avg, whose rounding depends on the order of the rows");
        }
        return Scalar.of(Tsql.of("AVG(CAST({} AS float))", argument.sql()), TypeInfo.float8(), DuckType.DOUBLE);
    }
}
