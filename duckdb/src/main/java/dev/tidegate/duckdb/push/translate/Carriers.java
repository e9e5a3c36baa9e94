package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Columns whose scan gives them to DuckDB as another type, which the view over the scan makes the right one of: a plan shows them in the
 * expressions of {@code dev.tidegate.duckdb.scan}.
 */
final class Carriers {
    private static final DuckType EPOCH_TYPE = DuckType.DATE;

    private Carriers() {}

    /** What is carried, and the type that it has then; empty for any other expression. */
    static Optional<Carried> of(Node node) {
        if (node.text("class").equals("CAST")) {
            return cast(node);
        }
        List<Node> arguments = Scalars.arguments(node);
        return switch (node.text("function_name")) {
            case "make_timestamp" -> carried(arguments, 1, DuckType.TIMESTAMP);
            case "make_timestamp_ns" -> carried(arguments, 1, DuckType.of("TIMESTAMP_NS"));
            case "make_timestamptz" -> carried(arguments, 1, DuckType.of("TIMESTAMP WITH TIME ZONE"));
            case "from_base64" -> carried(arguments, 1, DuckType.of("BLOB"));
            case "+" ->
                arguments.size() == 2 && isEpoch(arguments.get(0))
                        ? carried(arguments, 2, EPOCH_TYPE)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * @param column the column's node
     * @param type what the column has to be, for the expression to be its carrier
     * @param unscaled whether it is a decimal without its point
     */
    record Carried(Node column, DuckType type, boolean unscaled) {}

    private static Optional<Carried> carried(List<Node> arguments, int count, DuckType type) {
        return arguments.size() == count && isColumn(arguments.get(count - 1))
                ? Optional.of(new Carried(arguments.get(count - 1), type, false))
                : Optional.empty();
    }

    private static Optional<Carried> cast(Node node) {
        Node child = node.child("child").orElse(null);
        DuckType type = DuckType.ofCast(node).orElse(null);
        if (child == null || type == null) {
            return Optional.empty();
        }
        if (isColumn(child)) {
            return Optional.of(new Carried(child, type, false));
        }
        if (type.is("DECIMAL")) {
            return unscaled(child, type);
        }
        return type.isTime() ? of(child).map(inner -> new Carried(inner.column(), type, false)) : Optional.empty();
    }

    /** A whole number times one unit of the last digit. */
    private static Optional<Carried> unscaled(Node product, DuckType type) {
        List<Node> factors = Scalars.arguments(product);
        if (!product.text("function_name").equals("*") || factors.size() != 2) {
            return Optional.empty();
        }
        boolean isUnit = Literal.of(factors.get(1))
                .filter(literal -> BigDecimal.ONE.movePointLeft(type.scale()).equals(literal.value()))
                .isPresent();
        Node whole = factors.get(0);
        boolean isWhole = whole.text("class").equals("CAST")
                && DuckType.ofCast(whole)
                        .filter(DuckType.decimal(type.precision(), 0)::equals)
                        .isPresent();
        return isUnit && isWhole
                ? whole.child("child").filter(Carriers::isColumn).map(column -> new Carried(column, type, true))
                : Optional.empty();
    }

    private static boolean isColumn(Node node) {
        return node.text("class").equals("COLUMN_REF");
    }

    private static boolean isEpoch(Node node) {
        return Literal.of(node)
                .filter(literal -> "1970-01-01".equals(literal.value()) && EPOCH_TYPE.equals(literal.cast()))
                .isPresent();
    }
}
