package dev.tidegate.testkit.heap;

import dev.tidegate.tds.token.Column;
import java.util.ArrayList;
import java.util.List;

/** Columns and rows, the values in the Java forms of {@code ValueCodec}. */
public final class HeapTable {
    private final List<Column> columns;
    private final List<Object[]> rows = new ArrayList<>();
    private boolean stalls;

    public HeapTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    public List<Column> columns() {
        return columns;
    }

    public List<Object[]> rows() {
        return rows;
    }

    public HeapTable add(Object... values) {
        rows.add(values);
        return this;
    }

    /** Whoever reads this table gets its rows, and then waits for more until he cancels. */
    public HeapTable thenStalls() {
        stalls = true;
        return this;
    }

    boolean stalls() {
        return stalls;
    }

    HeapTable copy() {
        HeapTable copy = new HeapTable(columns);
        copy.rows.addAll(rows);
        copy.stalls = stalls;
        return copy;
    }
}
