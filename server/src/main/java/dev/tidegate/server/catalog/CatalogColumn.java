package dev.tidegate.server.catalog;

import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeText;
import java.util.ArrayList;
import java.util.List;

/** A column of a catalog view or of a procedure's result. */
public record CatalogColumn(String name, SqlType type, boolean nullable) {
    /**
     * Reads a list as T-SQL declares columns: {@code name type [null]}, separated by commas; NOT NULL unless it says otherwise.
     *
     * @throws IllegalArgumentException if a type is unknown
     */
    public static List<CatalogColumn> parse(String declarations) {
        List<CatalogColumn> columns = new ArrayList<>();
        // A comma inside the parentheses of decimal(p,s) does not separate columns.
        for (String declaration : declarations.split(",(?![^(]*\\))")) {
            String[] words = declaration.strip().split("\\s+");
            String type = words[1];
            columns.add(new CatalogColumn(
                    words[0],
                    TypeText.parse(type)
                            .orElseThrow(
                                    () -> new IllegalArgumentException("'" + type + "' is not a type: " + declaration)),
                    words.length > 2));
        }
        return List.copyOf(columns);
    }
}
