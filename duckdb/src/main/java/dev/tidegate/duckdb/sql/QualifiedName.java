package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A name as a statement gives it, such as {@code database.schema.table}.
 *
 * @param parts one to three, without quotes
 */
public record QualifiedName(List<String> parts) {
    public QualifiedName {
        parts = List.copyOf(parts);
    }

    /** The name itself, without what it is in. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    /** Quoted for DuckDB. */
    public String sql() {
        return parts.stream().map(Identifiers::duckdb).collect(Collectors.joining("."));
    }
}
