package dev.tidegate.jdbc;

import dev.tidegate.tds.token.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers of columns by label. Case does not matter; of several columns with the label, the first. Immutable. */
final class ColumnLabels {
    private final Map<String, Integer> numbers;

    ColumnLabels(List<Column> columns) {
        Map<String, Integer> all = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            all.putIfAbsent(lower(columns.get(i).name()), i + 1);
        }
        // Most programs write a label as the server does; that one is found as it stands.
        for (Column column : columns) {
            all.put(column.name(), all.get(lower(column.name())));
        }
        numbers = all;
    }

    /** From 1; 0 if there is no such column. */
    int number(String label) {
        Integer number = numbers.get(label);
        if (number == null) {
            number = numbers.get(lower(label));
        }
        return number == null ? 0 : number;
    }

    private static String lower(String label) {
        return label.toLowerCase(Locale.ROOT);
    }
}
