package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Conditions. There is no NOT in what comes out: it is asked either for the rows where a condition is true or for those where it is
 * false, and a negation exchanges the two. So what is true for more rows than in DuckDB never stands under a negation, and NULL, for
 * which neither holds, needs no care. Not thread-safe.
 */
public final class Predicates {
    static final Tsql NEVER = Tsql.text("1 = 0");
    static final Tsql ALWAYS = Tsql.text("1 = 1");

    private final Rules rules;
    private final Scalars scalars;
    private final Comparisons comparisons;
    private final TextPredicates texts;
    private final Subqueries subqueries;
    private final Set<String> functions;

    /** @param functions takes the names of functions that the translation takes for DuckDB's own */
    public Predicates(Rules rules, Names names, Subqueries subqueries, Set<String> functions) {
        this.rules = rules;
        this.functions = functions;
        this.subqueries = subqueries;
        this.scalars = new Scalars(rules, names, this, subqueries);
        this.comparisons = new Comparisons(rules);
        this.texts = new TextPredicates(rules);
    }

    /** How the values in these conditions are computed. */
    public Scalars scalars() {
        return scalars;
    }

    Set<String> functions() {
        return functions;
    }

    /** A condition that is true for the rows for which DuckDB finds {@code node} true. */
    public Tsql whereTrue(Node node) throws Untranslatable {
        return where(node, true);
    }

    /** A condition that is true for the rows for which DuckDB finds {@code node} false. */
    public Tsql whereFalse(Node node) throws Untranslatable {
        return where(node, false);
    }

    /** A condition that is true where both values are equal. */
    public Tsql equal(Scalar left, Scalar right) throws Untranslatable {
        return comparisons.compare(left, Comparison.EQUAL, right);
    }

    /**
     * @param wanted whether the rows are those where the condition is true, or those where it is false
     */
    Tsql where(Node node, boolean wanted) throws Untranslatable {
        return switch (node.text("class")) {
            case "CONJUNCTION" ->
                (node.text("type").equals("CONJUNCTION_AND") == wanted)
                        ? all(node.children("children"), wanted)
                        : any(node.children("children"), wanted);
            case "OPERATOR" -> operator(node, wanted);
            case "COMPARISON" -> comparison(node, wanted);
            case "BETWEEN" -> between(node, wanted);
            case "FUNCTION" -> function(node, wanted);
            case "SUBQUERY" -> subqueries.predicate(node, wanted, scalars);
            case "CONSTANT" -> constant(node, wanted);
            case "COLUMN_REF" -> column(node, wanted);
            default -> throw new Untranslatable("a condition of the form " + node.text("type"));
        };
    }

    private Tsql all(List<Node> nodes, boolean wanted) throws Untranslatable {
        List<Tsql> found = new ArrayList<>();
        Untranslatable left = null;
        for (Node node : nodes) {
            try {
                found.add(where(node, wanted));
            } catch (Untranslatable e) {
                if (rules != Rules.SUPERSET) {
                    throw e;
                }
                left = e;
            }
        }
        if (found.isEmpty()) {
            throw left == null ? new Untranslatable("a conjunction of nothing") : left;
        }
        return joined(" AND ", found);
    }

    private Tsql any(List<Node> nodes, boolean wanted) throws Untranslatable {
        List<Tsql> found = new ArrayList<>();
        for (Node node : nodes) {
            Tsql one = where(node, wanted);
            if (!one.equals(NEVER)) {
                found.add(one);
            }
        }
        return found.isEmpty() ? NEVER : joined(" OR ", found);
    }

    private static Tsql joined(String operator, List<Tsql> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : Tsql.of("({})", Tsql.join(operator, conditions));
    }

    private Tsql operator(Node node, boolean wanted) throws Untranslatable {
        List<Node> children = node.children("children");
        switch (node.text("type")) {
            case "OPERATOR_NOT":
                return where(children.get(0), !wanted);
            case "OPERATOR_IS_NULL":
                return isNull(children.get(0), wanted);
            case "OPERATOR_IS_NOT_NULL":
                return isNull(children.get(0), !wanted);
            case "COMPARE_IN":
                return in(children, wanted);
            case "COMPARE_NOT_IN":
                return in(children, !wanted);
            default:
                throw new Untranslatable("a condition of the form " + node.text("type"));
        }
    }

    private Tsql isNull(Node node, boolean wanted) throws Untranslatable {
        if (!(scalars.operand(node) instanceof Scalar scalar)) {
            throw new Untranslatable("a constant is asked for NULL");
        }
        // Also where the metadata says NOT NULL: it may be older than the rows, and the server leaves out what is never
        // true.
        return Tsql.of("{} IS " + (wanted ? "NULL" : "NOT NULL"), scalar.sql());
    }

    private Tsql in(List<Node> children, boolean wanted) throws Untranslatable {
        Operand left = scalars.operand(children.get(0));
        List<Tsql> found = new ArrayList<>();
        for (Node child : children.subList(1, children.size())) {
            Comparison comparison = wanted ? Comparison.EQUAL : Comparison.NOT_EQUAL;
            found.add(comparisons.compare(left, comparison, scalars.operand(child)));
        }
        return joined(wanted ? " OR " : " AND ", found);
    }

    private Tsql comparison(Node node, boolean wanted) throws Untranslatable {
        Operand left = scalars.operand(child(node, "left"));
        Operand right = scalars.operand(child(node, "right"));
        String type = node.text("type");
        if (type.equals("COMPARE_DISTINCT_FROM") || type.equals("COMPARE_NOT_DISTINCT_FROM")) {
            return distinct(left, right, wanted == type.equals("COMPARE_DISTINCT_FROM"));
        }
        Comparison comparison =
                Comparison.ofNode(type).orElseThrow(() -> new Untranslatable("a condition of the form " + type));
        return comparisons.compare(left, wanted ? comparison : comparison.negated(), right);
    }

    /** IS DISTINCT FROM, which takes NULL for a value. */
    private Tsql distinct(Operand left, Operand right, boolean wanted) throws Untranslatable {
        if (left instanceof Literal && right instanceof Scalar) {
            return distinct(right, left, wanted);
        }
        if (!(left instanceof Scalar scalar) || !(right instanceof Literal literal)) {
            throw new Untranslatable("IS DISTINCT FROM between two columns");
        }
        if (literal.isNull()) {
            return Tsql.of("{} IS " + (wanted ? "NOT NULL" : "NULL"), scalar.sql());
        }
        if (!wanted) {
            return comparisons.compare(scalar, Comparison.EQUAL, literal);
        }
        Tsql other = comparisons.compare(scalar, Comparison.NOT_EQUAL, literal);
        return Tsql.of("({} OR {} IS NULL)", other, scalar.sql());
    }

    /**
     * A plan shows a BETWEEN also where a bound is excluded, so a bound belongs to both sides where more rows do no harm.
     */
    private Tsql between(Node node, boolean wanted) throws Untranslatable {
        Operand input = scalars.operand(child(node, "input"));
        Operand lower = scalars.operand(child(node, "lower"));
        Operand upper = scalars.operand(child(node, "upper"));
        if (node.text("type").equals("COMPARE_BETWEEN") == wanted) {
            return Tsql.of(
                    "({} AND {})",
                    comparisons.compare(input, Comparison.GREATER_OR_EQUAL, lower),
                    comparisons.compare(input, Comparison.LESS_OR_EQUAL, upper));
        }
        boolean more = rules == Rules.SUPERSET;
        return Tsql.of(
                "({} OR {})",
                comparisons.compare(input, more ? Comparison.LESS_OR_EQUAL : Comparison.LESS, lower),
                comparisons.compare(input, more ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER, upper));
    }

    private Tsql function(Node node, boolean wanted) throws Untranslatable {
        String name = node.text("function_name");
        List<Node> arguments = Scalars.arguments(node);
        if (arguments.size() < 2 || !(scalars.operand(arguments.get(0)) instanceof Scalar scalar)) {
            throw new Untranslatable("the function " + name);
        }
        functions.add(name);
        return switch (name) {
            case "prefix", "starts_with", "^@" -> texts.contains(scalar, text(arguments.get(1)), false, true, wanted);
            case "suffix", "ends_with" -> texts.contains(scalar, text(arguments.get(1)), true, false, wanted);
            case "contains" -> texts.contains(scalar, text(arguments.get(1)), true, true, wanted);
            case "~~" -> texts.like(scalar, text(arguments.get(1)), (char) 0, wanted);
            case "!~~" -> texts.like(scalar, text(arguments.get(1)), (char) 0, !wanted);
            case "like_escape" -> texts.like(scalar, text(arguments.get(1)), escape(arguments), wanted);
            case "not_like_escape" -> texts.like(scalar, text(arguments.get(1)), escape(arguments), !wanted);
            default -> throw new Untranslatable("the function " + name);
        };
    }

    private static String text(Node node) throws Untranslatable {
        Literal literal = Literal.of(node)
                .filter(found -> found.isFor(DuckType.VARCHAR))
                .orElseThrow(() -> new Untranslatable("a pattern that is no constant"));
        return literal.text();
    }

    private static char escape(List<Node> arguments) throws Untranslatable {
        String escape = arguments.size() == 3 ? text(arguments.get(2)) : "";
        if (escape.length() != 1) {
            throw new Untranslatable("an escape that is not one character");
        }
        return escape.charAt(0);
    }

    private static Tsql constant(Node node, boolean wanted) throws Untranslatable {
        Literal literal = Literal.of(node).orElse(null);
        if (literal == null || !(literal.isNull() || literal.value() instanceof Boolean)) {
            throw new Untranslatable("a condition that is no BOOLEAN");
        }
        return Boolean.valueOf(wanted).equals(literal.value()) ? ALWAYS : NEVER;
    }

    private Tsql column(Node node, boolean wanted) throws Untranslatable {
        return comparisons.compare(scalars.operand(node), Comparison.EQUAL, new Literal(wanted, null));
    }

    static Node child(Node node, String key) throws Untranslatable {
        return node.child(key).orElseThrow(() -> new Untranslatable("an expression without its " + key));
    }
}
