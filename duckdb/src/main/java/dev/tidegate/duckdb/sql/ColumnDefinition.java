package dev.tidegate.duckdb.sql;

import java.util.List;

/**
 * A column as CREATE TABLE or ALTER TABLE defines it. Expressions are as they were written.
 *
 * @param type as written; empty if the statement gives none, which only a generated column may
 * @param defaultValue null if there is none
 * @param generated the expression that the column is computed by; null if it is not
 * @param identity null if the server does not number the column
 * @param collation of its text; null: the database's
 * @param constraints those that stand with the column, whose columns are this one
 */
public record ColumnDefinition(
        String name,
        String type,
        boolean notNull,
        String defaultValue,
        String generated,
        Identity identity,
        String collation,
        List<TableConstraint> constraints) {
    public ColumnDefinition {
        constraints = List.copyOf(constraints);
    }

    /** Both are whole numbers, with a sign or without. */
    public record Identity(String start, String increment) {}

    public boolean isKey() {
        return constraints.stream().anyMatch(TableConstraint::isKey);
    }
}
