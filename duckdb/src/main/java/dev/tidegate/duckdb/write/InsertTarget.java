package dev.tidegate.duckdb.write;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.load.RowTarget;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows for a table that is there already: the first ones are kept, and go as parameters if there are no more; else all of them go by a bulk
 * load. Either way constraints are checked and triggers fire. In its caller's transaction; used by one thread at a time.
 */
public final class InsertTarget implements RowTarget, AutoCloseable {
    private final TdsConnection connection;
    private final Run run;
    private final RemoteName table;
    private final List<Column> columns;
    private final int threshold;
    private final boolean isNew;
    /** Null if nobody wants them back. */
    private final ChangedRows inserted;

    private final boolean identity;
    private final List<Object[]> held = new ArrayList<>();
    private BulkLoad load;
    private long sent;

    /**
     * @param columns that the rows have
     * @param threshold rows that go as parameters at most
     */
    public InsertTarget(TdsConnection connection, Run run, RemoteName table, List<Column> columns, int threshold) {
        this(connection, run, table, columns, threshold, false, null);
    }

    /** Rows that come back as the table has them; all of them go as parameters, and are held until then. */
    public InsertTarget(
            TdsConnection connection, Run run, RemoteName table, List<Column> columns, ChangedRows inserted) {
        this(connection, run, table, columns, Integer.MAX_VALUE, false, inserted);
    }

    private InsertTarget(
            TdsConnection connection,
            Run run,
            RemoteName table,
            List<Column> columns,
            int threshold,
            boolean isNew,
            ChangedRows inserted) {
        this.inserted = inserted;
        this.isNew = isNew;
        this.connection = connection;
        this.run = run;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.threshold = threshold;
        this.identity = columns.stream().anyMatch(Column::isIdentity);
    }

    /** Rows for a table that nobody else has seen yet: all by a bulk load, which locks the table. */
    static InsertTarget ofNew(TdsConnection connection, Run run, RemoteName table, List<Column> columns) {
        return new InsertTarget(connection, run, table, columns, 0, true, null);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    /** Rows that it was given so far. */
    public long sent() {
        return sent;
    }

    @Override
    public void write(ColumnSource[] sources, int rows) throws SQLException {
        run.checkCancelled();
        run.remaining();
        if (load == null && held.size() <= threshold - rows) {
            hold(sources, rows);
        } else {
            bulk().write(sources, rows);
        }
        sent += rows;
    }

    private void hold(ColumnSource[] sources, int rows) throws Misfit {
        for (int row = 0; row < rows; row++) {
            Object[] values = new Object[sources.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = CellValues.of(sources[i], columns.get(i).type(), row);
            }
            held.add(values);
        }
    }

    private BulkLoad bulk() throws SQLException {
        if (load == null) {
            run.enter(connection);
            load = connection.bulkLoad(
                    table.sql(),
                    BulkLoadOptions.builder()
                            .tableLock(isNew)
                            .keepNulls(true)
                            .keepIdentity(identity)
                            .checkConstraints(true)
                            .fireTriggers(true)
                            .build(),
                    run.deadline());
            load.map(columns.stream().map(Column::name).toArray(String[]::new));
            for (Object[] row : held) {
                load.writeRow(row);
            }
            held.clear();
        }
        return load;
    }

    /**
     * Ends the load.
     *
     * @throws SQLException 58000 if the server has confirmed another number of rows than were sent; the transaction is to be rolled back then
     */
    public void finish() throws SQLException {
        run.checkCancelled();
        long confirmed = load == null ? insertHeld() : load.finish();
        if (confirmed != sent) {
            throw new SQLException(
                    "the server confirmed " + confirmed + " rows of the " + sent + " that were sent to " + table,
                    "58000");
        }
        if (inserted != null) {
            inserted.finish();
        }
    }

    private long insertHeld() throws SQLException {
        if (held.isEmpty()) {
            return 0;
        }
        if (!identity) {
            return insertNow();
        }
        run.finish(connection, "SET IDENTITY_INSERT " + table.sql() + " ON");
        long confirmed = insertNow();
        run.finish(connection, "SET IDENTITY_INSERT " + table.sql() + " OFF");
        return confirmed;
    }

    private long insertNow() throws SQLException {
        ParameterInsert insert = new ParameterInsert(connection, run, table, columns);
        return inserted == null ? insert.insert(held) : insert.insert(held, inserted);
    }

    /** Gives up what is not finished. */
    @Override
    public void close() throws SQLException {
        try {
            if (load != null) {
                load.close();
            }
        } finally {
            run.left(connection);
        }
    }
}
