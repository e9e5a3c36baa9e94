package dev.tidegate.server.tsql.translate;

import java.util.List;

/**
 * A data change in H2's SQL.
 *
 * @param twice a query that has a row if one of the table would be changed twice, which is error 8672; null where that cannot be. It shares
 *     the parameters
 * @param before statements that run first and count as part of it; they share its parameters
 * @param output what its OUTPUT clause returns; null if it returns nothing
 * @param target the table that is changed
 */
public record TranslatedDml(
        String twice, List<String> before, String sql, List<ColumnInfo> output, TableInfo target) {
    TranslatedDml(String sql, List<ColumnInfo> output, TableInfo target) {
        this(null, List.of(), sql, output, target);
    }
}
