package dev.tidegate.duckdb.push.remote;

import dev.tidegate.client.Parameter;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/**
 * T-SQL text whose values are parameters. Parameters get their names when the text is complete, so that fragments can be put together in
 * any order. Immutable.
 */
public final class Tsql {
    /** Parameters that one request takes at most, with some left for those that the request itself needs. */
    public static final int MAX_PARAMETERS = 2_000;

    /** Strings and {@link Value}s. */
    private final List<Object> parts;

    private record Value(TypeInfo type, Object value) {}

    private Tsql(List<Object> parts) {
        this.parts = parts;
    }

    public static Tsql text(String text) {
        return new Tsql(List.of(text));
    }

    public static Tsql name(String name) {
        return text(Identifiers.sqlServer(name));
    }

    /** @param value in the Java form of {@code dev.tidegate.tds.type.ValueCodec} */
    public static Tsql value(TypeInfo type, Object value) {
        return new Tsql(List.of(new Value(type, value)));
    }

    /** Puts fragments in the places of {@code {}}. */
    public static Tsql of(String pattern, Tsql... fragments) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (Tsql fragment : fragments) {
            int at = pattern.indexOf("{}", from);
            parts.add(pattern.substring(from, at));
            parts.addAll(fragment.parts);
            from = at + 2;
        }
        parts.add(pattern.substring(from));
        return new Tsql(parts);
    }

    public static Tsql join(String separator, Collection<Tsql> fragments) {
        List<Object> parts = new ArrayList<>();
        for (Tsql fragment : fragments) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.addAll(fragment.parts);
        }
        return new Tsql(parts);
    }

    public int parameterCount() {
        return (int) parts.stream().filter(Value.class::isInstance).count();
    }

    /** The text with parameters named {@code @p1}, {@code @p2}, … */
    public String sql() {
        StringBuilder sql = new StringBuilder();
        int number = 0;
        for (Object part : parts) {
            if (part instanceof Value) {
                sql.append("@p").append(++number);
            } else {
                sql.append(part);
            }
        }
        return sql.toString();
    }

    /**
     * The text with its values in it, for what takes no parameters: definitions.
     *
     * @param constant writes a value of a type
     */
    public String inlined(BiFunction<TypeInfo, Object, String> constant) {
        StringBuilder sql = new StringBuilder();
        for (Object part : parts) {
            sql.append(part instanceof Value value ? constant.apply(value.type, value.value) : (String) part);
        }
        return sql.toString();
    }

    /** The values of {@link #sql()}, named as there. */
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Value value) {
                parameters.add(Parameter.in("@p" + (parameters.size() + 1), value.type, value.value));
            }
        }
        return parameters;
    }

    /** The text only: values stay out of messages and logs. */
    @Override
    public String toString() {
        return sql();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tsql tsql && parts.equals(tsql.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
