package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DuckDB type.
 *
 * @param name in capitals, without arguments
 * @param precision decimal digits that an exact number has at most, else 0
 * @param scale those after the point
 */
public record DuckType(String name, int precision, int scale) {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d{1,2}),\\s*(\\d{1,2})\\)");

    static final DuckType BOOLEAN = of("BOOLEAN");
    static final DuckType INTEGER = of("INTEGER");
    static final DuckType BIGINT = of("BIGINT");
    static final DuckType HUGEINT = of("HUGEINT");
    static final DuckType DOUBLE = of("DOUBLE");
    static final DuckType VARCHAR = of("VARCHAR");
    static final DuckType DATE = of("DATE");
    static final DuckType TIMESTAMP = of("TIMESTAMP");

    static DuckType decimal(int precision, int scale) {
        return new DuckType("DECIMAL", precision, scale);
    }

    /** @param text as DESCRIBE shows a type */
    public static DuckType of(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        String name = text.toUpperCase(Locale.ROOT);
        return new DuckType(name, digits(name), 0);
    }

    /** The type that a CAST names. */
    static Optional<DuckType> ofCast(Node cast) {
        Node type = cast.child("type_expr").orElse(null);
        if (type == null || !type.text("schema").isEmpty()) {
            return Optional.empty();
        }
        String name = type.text("type_name").toUpperCase(Locale.ROOT);
        List<Node> arguments = type.children("children");
        if (arguments.isEmpty()) {
            return name.equals("DECIMAL") ? Optional.of(decimal(18, 3)) : Optional.of(of(name));
        }
        if (!name.equals("DECIMAL") || arguments.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(decimal(argument(arguments.get(0)), argument(arguments.get(1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int argument(Node node) {
        return Integer.parseInt(
                node.child("literal").map(literal -> literal.text("text")).orElse(""));
    }

    private static int digits(String name) {
        return switch (name) {
            case "TINYINT", "UTINYINT" -> 3;
            case "SMALLINT", "USMALLINT" -> 5;
            case "INTEGER", "UINTEGER" -> 10;
            case "BIGINT" -> 19;
            case "UBIGINT" -> 20;
            case "HUGEINT", "UHUGEINT" -> 39;
            default -> 0;
        };
    }

    boolean is(String... names) {
        return List.of(names).contains(name);
    }

    /** An integer or a DECIMAL. */
    boolean isExactNumber() {
        return precision > 0;
    }

    boolean isInteger() {
        return isExactNumber() && !name.equals("DECIMAL");
    }

    boolean isFloat() {
        return is("FLOAT", "DOUBLE");
    }

    public boolean isText() {
        return name.equals("VARCHAR");
    }

    boolean isTimestamp() {
        return is("TIMESTAMP", "TIMESTAMP_NS");
    }

    boolean isOffsetTimestamp() {
        return name.equals("TIMESTAMP WITH TIME ZONE");
    }

    boolean isTime() {
        return is("TIME", "TIME_NS");
    }

    /** True if a cast from {@code other} keeps every value that it has, as long as that is a value of this type. */
    boolean holds(DuckType other) {
        if (equals(other)) {
            return true;
        }
        if (isExactNumber() && other.isExactNumber()) {
            return isInteger() && other.isInteger()
                    ? precision > other.precision
                    : scale >= other.scale && precision - scale >= other.precision - other.scale;
        }
        boolean laterTime =
                isTimestamp() && other.is("DATE", "TIMESTAMP", "TIMESTAMP_NS") || isTime() && other.isTime();
        return laterTime
                        && !(name.equals("TIMESTAMP") && other.is("TIMESTAMP_NS"))
                        && !(is("TIME") && other.is("TIME_NS"))
                || name.equals("DOUBLE") && other.is("FLOAT");
    }

    @Override
    public String toString() {
        return name.equals("DECIMAL") ? "DECIMAL(" + precision + "," + scale + ")" : name;
    }
}
