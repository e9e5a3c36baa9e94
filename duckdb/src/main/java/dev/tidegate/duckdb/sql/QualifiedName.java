package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/** A name of one to three parts as a statement gives it, without quotes, the most general part first. */
public record QualifiedName(List<String> parts) {
    public static final int MOST_PARTS = 3;

    public QualifiedName {
        parts = List.copyOf(parts);
    }

    /** Its last part. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    /** As DuckDB writes it, with every part quoted. */
    public String duckdb() {
        return parts.stream().map(Identifiers::duckdb).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
