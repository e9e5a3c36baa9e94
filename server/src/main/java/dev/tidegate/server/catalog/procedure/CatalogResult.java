package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.catalog.CatalogColumn;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The result of a catalog procedure: collected, put in order, sent. Used by one thread. */
final class CatalogResult {
    private final List<CatalogColumn> columns;
    private final List<Object[]> rows = new ArrayList<>();

    /** @param columns as {@link CatalogColumn#parse} reads them */
    CatalogResult(String columns) {
        this.columns = CatalogColumn.parse(columns);
    }

    /** @param values one for each column; whole numbers may come as Integer whatever the column's size */
    CatalogResult add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " columns, but " + values.length + " values");
        }
        for (int i = 0; i < values.length; i++) {
            TypeKind kind = columns.get(i).type().kind();
            boolean small = kind == TypeKind.SMALLINT || kind == TypeKind.TINYINT;
            if (small && values[i] instanceof Integer number) {
                values[i] = number.shortValue();
            }
        }
        rows.add(values);
        return this;
    }

    /** Sorts by the columns at these positions, from 0; NULL comes first, as in SQL Server. */
    CatalogResult sortBy(int... positions) {
        rows.sort((a, b) -> {
            for (int position : positions) {
                int order = compare(a[position], b[position]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
        return this;
    }

    private static int compare(Object a, Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        return a instanceof Number x && b instanceof Number y
                ? Comparator.<Long>naturalOrder().compare(x.longValue(), y.longValue())
                : a.toString().compareToIgnoreCase(b.toString());
    }

    void sendTo(ResponseSink sink) {
        sink.columns(columns.stream()
                .map(column ->
                        new Column(column.name(), column.type().toTypeInfo(), column.nullable() ? Column.NULLABLE : 0))
                .toList());
        rows.forEach(sink::row);
        sink.statementDone(Done.COMMAND_SELECT, rows.size());
    }
}
