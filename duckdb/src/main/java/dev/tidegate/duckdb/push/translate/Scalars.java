package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import java.util.List;
import java.util.Optional;

/** Values. Under {@link Rules#SUPERSET} nothing is computed on the server that could fail there. */
public final class Scalars {
    private final Rules rules;
    private final Names names;
    private final Computations computations;
    private final Subqueries subqueries;

    Scalars(Rules rules, Names names, Predicates predicates, Subqueries subqueries) {
        this.rules = rules;
        this.names = names;
        this.subqueries = subqueries;
        this.computations = new Computations(rules, this, predicates);
    }

    public Operand operand(Node node) throws Untranslatable {
        Optional<Literal> literal = Literal.of(node);
        if (literal.isPresent()) {
            return literal.get();
        }
        if (node.text("class").equals("COLUMN_REF")) {
            return names.resolve(node.texts("column_names"));
        }
        if (rules == Rules.SUPERSET) {
            Optional<Scalar> carried = carried(node);
            if (carried.isPresent()) {
                return carried.get();
            }
        }
        if (node.text("class").equals("CAST")) {
            return cast(node);
        }
        if (rules == Rules.SUPERSET) {
            throw new Untranslatable("an expression of the form " + node.text("type"));
        }
        return node.text("class").equals("SUBQUERY") ? subqueries.scalar(node) : computations.compute(node);
    }

    /** The value of an expression that may be a constant. */
    public Scalar value(Node node) throws Untranslatable {
        return Computations.constant(operand(node));
    }

    private Optional<Scalar> carried(Node node) throws Untranslatable {
        Carriers.Carried carried = Carriers.of(node).orElse(null);
        if (carried == null) {
            return Optional.empty();
        }
        Scalar column = names.carried(carried.column().texts("column_names"), carried.unscaled());
        return column.duck().equals(carried.type()) ? Optional.of(column) : Optional.empty();
    }

    private Operand cast(Node node) throws Untranslatable {
        DuckType type = DuckType.ofCast(node).orElseThrow(() -> new Untranslatable("a cast to a type of its own"));
        Operand child = operand(Predicates.child(node, "child"));
        if (!(child instanceof Scalar scalar)) {
            throw new Untranslatable("a cast of a constant");
        }
        if (type.holds(scalar.duck())) {
            return scalar.seenAs(type, Rounding.NONE);
        }
        if (type.isFloat() && scalar.duck().isExactNumber()) {
            return scalar.seenAs(type, type.is("FLOAT") ? Rounding.FLOAT : Rounding.DOUBLE);
        }
        if (rules == Rules.SUPERSET) {
            throw new Untranslatable("a cast of " + scalar.duck() + " to " + type);
        }
        return computations.cast(scalar, type);
    }

    static List<Node> arguments(Node function) {
        return function.children("arguments").stream()
                .map(argument -> argument.child("expression"))
                .flatMap(Optional::stream)
                .toList();
    }
}
