package dev.tidegate.server.tsql.translate;

import java.util.List;

/**
 * A data change in H2's SQL.
 *
 * @param before statements that run first and count as part of it; they share its parameters
 * @param output what its OUTPUT clause returns; null if it returns nothing
 * @param target the table that is changed
 */
public record TranslatedDml(List<String> before, String sql, List<ColumnInfo> output, TableInfo target) {
    TranslatedDml(String sql, List<ColumnInfo> output, TableInfo target) {
        this(List.of(), sql, output, target);
    }
}
