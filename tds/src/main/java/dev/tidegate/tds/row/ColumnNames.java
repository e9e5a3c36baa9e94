package dev.tidegate.tds.row;

import dev.tidegate.tds.token.Column;
import java.util.List;

/** How errors name a column: by its number from 1, and its name if that is known. */
record ColumnNames(List<String> names) {
    static ColumnNames of(List<Column> columns) {
        return new ColumnNames(columns.stream().map(Column::name).toList());
    }

    String shown(int column) {
        String name = column < names.size() ? names.get(column) : "";
        return "column " + (column + 1) + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
