package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A result made by hand: columns, and for each row what is called on each column's sink. */
final class FakeBatches implements RowBatches {
    /** One value, as a decoder would hand it over. */
    @FunctionalInterface
    interface Value {
        void put(ColumnSink sink, int row);
    }

    static final Value NULL = ColumnSink::setNull;

    private final List<Column> columns = new ArrayList<>();
    private final List<Value[]> rows = new ArrayList<>();
    private int next;
    private boolean closed;
    private SQLException failure;
    private int failureAt = Integer.MAX_VALUE;

    FakeBatches column(String name, TypeInfo type) {
        columns.add(new Column(name, type, Column.NULLABLE));
        return this;
    }

    FakeBatches row(Value... values) {
        rows.add(values);
        return this;
    }

    FakeBatches failAt(int row, SQLException e) {
        failureAt = row;
        failure = e;
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
        int count = 0;
        while (count < maxRows && next < rows.size()) {
            if (next == failureAt) {
                throw failure;
            }
            Value[] values = rows.get(next++);
            for (int i = 0; i < sinks.length; i++) {
                if (sinks[i] != null) {
                    values[i].put(sinks[i], count);
                }
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
    }
}
