package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The INSERTs of a bulk load. Rows wait until there are enough for an INSERT of many: what H2 does once a statement costs as much as to
 * store a row. Used by one thread.
 */
final class BulkInsert implements AutoCloseable {
    private static final int MOST_ROWS_AT_ONCE = 64;
    private static final int MOST_VALUES_AT_ONCE = 512;

    private final SessionCore core;
    private final String head;
    private final String row;
    private final int columns;
    private final int rowsAtOnce;
    private PreparedStatement one;
    /** Of {@link #rowsAtOnce} rows; null until there are so many. */
    private PreparedStatement many;

    /** Values of the rows that wait, one row after the other, and behind them of the row that is being set. */
    private final Object[] values;

    private int waiting;

    /**
     * @param columns of the table that get values
     * @param keepNulls whether NULL stays NULL where the column has a default
     */
    BulkInsert(SessionCore core, TableInfo table, List<ColumnInfo> columns, boolean keepNulls) throws SQLException {
        this.core = core;
        this.columns = columns.size();
        List<String> names = new ArrayList<>();
        List<String> markers = new ArrayList<>();
        for (ColumnInfo column : columns) {
            names.add(SqlText.quote(column.name()));
            String otherwise = keepNulls || column.identity() ? null : core.tables.defaultSql(table, column.name());
            markers.add(
                    otherwise == null ? "?" : "COALESCE(" + SqlText.cast("?", column.type()) + ", " + otherwise + ")");
        }
        if (columns.isEmpty()) {
            this.head = "INSERT INTO " + table.sql() + " DEFAULT VALUES";
            this.row = "";
            this.rowsAtOnce = 1;
        } else {
            this.head = "INSERT INTO " + table.sql() + " (" + String.join(", ", names) + ") VALUES ";
            this.row = "(" + String.join(", ", markers) + ")";
            this.rowsAtOnce = Math.clamp(MOST_VALUES_AT_ONCE / columns.size(), 1, MOST_ROWS_AT_ONCE);
        }
        this.values = new Object[rowsAtOnce * columns.size()];
        core.database.own().makeFor(head + row);
    }

    /** Once the table is locked, before the first row. */
    void prepare() throws SQLException {
        one = core.connection.prepareStatement(head + row);
    }

    /** Sets a value of the row that comes next: a Java form that H2 takes, or H2's own. */
    void set(int column, Object value) {
        values[waiting * columns + column] = value;
    }

    /** The row is complete. @return whether {@link #store} has to be called before the next one */
    boolean add() {
        waiting++;
        return waiting == rowsAtOnce;
    }

    int waiting() {
        return waiting;
    }

    /** Stores the rows that wait, which wait no longer even if that fails. @return how many they were */
    int store() throws SQLException {
        int count = waiting;
        waiting = 0;
        if (count == rowsAtOnce && count > 1) {
            if (many == null) {
                many = core.connection.prepareStatement(head + String.join(", ", Collections.nCopies(count, row)));
            }
            execute(many, 0, values.length);
        } else {
            for (int i = 0; i < count; i++) {
                execute(one, i * columns, columns);
            }
        }
        return count;
    }

    private void execute(PreparedStatement statement, int first, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setObject(i + 1, values[first + i]);
        }
        LockPatience.run(core, statement::executeUpdate);
    }

    @Override
    public void close() throws SQLException {
        PreparedStatement ofOne = one;
        try (ofOne) {
            if (many != null) {
                many.close();
            }
        }
    }
}
