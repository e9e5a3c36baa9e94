package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.TypeInfo;

/**
 * Where a constant lies among the values that a server's type has. DuckDB may see each of them as another value, as long as their order
 * stays.
 *
 * @param least the least value of the server that DuckDB sees as not less than the constant
 * @param greatest the greatest that it sees as not greater; below {@code least} if none is seen as equal
 * @param fuzzy both are too wide by what rounding may have moved
 */
record Bounds<T extends Comparable<? super T>>(T least, T greatest, TypeInfo type, boolean fuzzy) {
    static <T extends Comparable<? super T>> Bounds<T> exactly(T value, TypeInfo type) {
        return new Bounds<>(value, value, type, false);
    }

    /** The comparison of a server's value with the constant. */
    Tsql compare(Tsql sql, Comparison comparison) {
        return switch (comparison) {
            case LESS -> fuzzy ? one(sql, "<=", greatest) : one(sql, "<", least);
            case LESS_OR_EQUAL -> one(sql, "<=", greatest);
            case GREATER -> fuzzy ? one(sql, ">=", least) : one(sql, ">", greatest);
            case GREATER_OR_EQUAL -> one(sql, ">=", least);
            case EQUAL -> equal(sql);
            case NOT_EQUAL -> notEqual(sql);
        };
    }

    private Tsql equal(Tsql sql) {
        int order = least.compareTo(greatest);
        if (order > 0) {
            return Predicates.NEVER;
        }
        return order == 0
                ? one(sql, "=", least)
                : Tsql.of("({} AND {})", one(sql, ">=", least), one(sql, "<=", greatest));
    }

    private Tsql notEqual(Tsql sql) {
        int order = least.compareTo(greatest);
        if (fuzzy || order > 0) {
            return Tsql.of("{} IS NOT NULL", sql);
        }
        return order == 0
                ? one(sql, "<>", least)
                : Tsql.of("({} OR {})", one(sql, "<", least), one(sql, ">", greatest));
    }

    private Tsql one(Tsql sql, String operator, T value) {
        return Tsql.of("{} " + operator + " {}", sql, Tsql.value(type, value));
    }
}
