package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * A constant of the statement.
 *
 * @param value a BigDecimal, a String, a Boolean, or null for NULL
 * @param cast the type that it is cast to, else null
 */
public record Literal(Object value, DuckType cast) implements Operand {
    /** Longer numbers are left to DuckDB before they become costly. */
    private static final int MAX_NUMBER_LENGTH = 400;

    static final Literal NULL = new Literal(null, null);

    /** Empty for what is no constant, or one that is not understood. */
    static Optional<Literal> of(Node node) {
        if (node.text("class").equals("CONSTANT")) {
            return node.child("literal").flatMap(Literal::written);
        }
        if (!node.text("class").equals("CAST") || node.flag("try_cast")) {
            return Optional.empty();
        }
        Optional<Literal> inner = node.child("child").flatMap(Literal::of);
        Optional<DuckType> type = DuckType.ofCast(node);
        if (inner.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        // A cast of a cast may have changed the value.
        return inner.get().cast == null ? Optional.of(new Literal(inner.get().value, type.get())) : Optional.empty();
    }

    private static Optional<Literal> written(Node literal) {
        String text = literal.text("text");
        return switch (literal.text("kind")) {
            case "INTEGER", "NUMERIC" -> number(text);
            case "STRING" -> Optional.of(new Literal(text, null));
            case "BOOLEAN" ->
                Optional.of(new Literal(text.toLowerCase(Locale.ROOT).equals("true"), null));
            case "NULL_LITERAL" -> Optional.of(NULL);
            default -> Optional.empty();
        };
    }

    private static Optional<Literal> number(String text) {
        if (text.length() > MAX_NUMBER_LENGTH) {
            return Optional.empty();
        }
        try {
            BigDecimal value = new BigDecimal(text);
            // DuckDB takes a number with an exponent, and one of more digits than a DECIMAL has, for a DOUBLE.
            boolean isDouble = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
            boolean bounded = Math.abs((long) value.scale()) <= MAX_NUMBER_LENGTH;
            return bounded ? Optional.of(new Literal(value, isDouble ? DuckType.DOUBLE : null)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isNull() {
        return value == null;
    }

    /** The number that this is, if it is one and no cast has changed it. */
    BigDecimal number() throws Untranslatable {
        if (value instanceof BigDecimal number && (cast == null || isKept(number))) {
            return number;
        }
        throw new Untranslatable("a number is compared with what is none");
    }

    private boolean isKept(BigDecimal number) {
        if (cast.isFloat()) {
            return true;
        }
        BigDecimal plain = number.stripTrailingZeros();
        return cast.isExactNumber()
                && plain.scale() <= cast.scale()
                && plain.precision() - plain.scale() <= cast.precision() - cast.scale();
    }

    /** The text of a value of another type than numbers. */
    String text() throws Untranslatable {
        if (value instanceof String text) {
            return text;
        }
        throw new Untranslatable("a text is compared with what is none");
    }

    /** True if the text is taken for this type: cast to it, or to nothing. */
    boolean isFor(DuckType type) {
        return cast == null || cast.equals(type);
    }
}
