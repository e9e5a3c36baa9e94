package dev.tidegate.tds.message;

import dev.tidegate.tds.token.Column;
import java.util.List;

/**
 * The value of a table-valued parameter ([MS-TDS] 2.2.5.5.5). Its type's name is in the parameter's
 * {@link dev.tidegate.tds.type.TypeInfo#schema}.
 *
 * @param columns empty for the form without columns and rows, which stands for an empty table
 * @param orderUnique what is known of the order and uniqueness of the rows; usually empty
 * @param columnOrder the order in which the rows' values come, as ordinals from 1; empty if that of the columns
 * @param rows the values, each row with one for each of {@link #sentColumns}
 */
public record TableValue(
        List<Column> columns, List<OrderUnique> orderUnique, List<Integer> columnOrder, List<Object[]> rows) {
    /** A column sent without values: the server fills in its default. */
    public static final int DEFAULT_COLUMN = 0x0200;

    /**
     * @param column ordinal from 1
     * @param flags 1 ascending, 2 descending, 4 unique
     */
    public record OrderUnique(int column, int flags) {}

    public TableValue {
        columns = List.copyOf(columns);
        orderUnique = List.copyOf(orderUnique);
        columnOrder = List.copyOf(columnOrder);
    }

    public TableValue(List<Column> columns, List<Object[]> rows) {
        this(columns, List.of(), List.of(), rows);
    }

    /** The columns that rows have values for: all but the default ones. */
    public List<Column> sentColumns() {
        return sent(columns);
    }

    static List<Column> sent(List<Column> columns) {
        return columns.stream()
                .filter(column -> (column.flags() & DEFAULT_COLUMN) == 0)
                .toList();
    }
}
