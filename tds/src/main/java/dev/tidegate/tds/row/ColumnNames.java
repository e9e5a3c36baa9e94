package dev.tidegate.tds.row;

import dev.tidegate.tds.token.Column;
import java.util.List;

/** How errors name a column: by its number from 1, and its name if that is known. */
record ColumnNames(List<Column> columns) {
    static ColumnNames of(List<Column> columns) {
        return new ColumnNames(List.copyOf(columns));
    }

    String shown(int column) {
        String name = column < columns.size() ? columns.get(column).name() : "";
        return "column " + (column + 1) + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
