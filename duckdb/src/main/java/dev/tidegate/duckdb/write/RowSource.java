package dev.tidegate.duckdb.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.load.QueryLoad;
import dev.tidegate.duckdb.load.RowTarget;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The rows of a DuckDB query that are to be sent to a server. They go there while the query runs, or are kept in a temporary table first:
 * so that the query is over, and needs no connection and holds no lock on the server any more, when the first row is sent. Used by one
 * thread.
 */
public final class RowSource implements AutoCloseable {
    private final Local local;
    private final LoadFunctions functions;
    private final String sql;
    private final Binding parameters;
    /** Quoted; null if the rows are not kept. */
    private final String table;

    private RowSource(Local local, LoadFunctions functions, String sql, Binding parameters, String table) {
        this.local = local;
        this.functions = functions;
        this.sql = sql;
        this.parameters = parameters;
        this.table = table;
    }

    /** Rows that are sent while the query runs, in no particular order, by several of DuckDB's threads; for a query without parameters. */
    public static RowSource streamed(Local local, LoadFunctions functions, String sql) {
        return new RowSource(local, functions, sql, Binding.NONE, null);
    }

    /** Rows that cost nothing to make, in their order. */
    public static RowSource constant(Local local, String sql, Binding parameters) {
        return new RowSource(local, null, sql, parameters, null);
    }

    /** Runs the query now; its rows are sent in their order. */
    public static RowSource kept(Local local, String sql, Binding parameters) throws SQLException {
        return kept(local, sql, parameters, null);
    }

    /**
     * Rows that another statement of DuckDB's gives to a table.
     *
     * @param shape a query without rows, whose columns the table gets
     * @param fill makes the statement of the table's quoted name
     */
    public static RowSource filled(Local local, String shape, UnaryOperator<String> fill) throws SQLException {
        return kept(local, shape, Binding.NONE, fill);
    }

    private static RowSource kept(Local local, String sql, Binding parameters, UnaryOperator<String> fill)
            throws SQLException {
        String table = "temp.main."
                + Identifiers.duckdb(
                        "tidegate_rows_" + UUID.randomUUID().toString().substring(0, 8));
        local.execute("CREATE TEMP TABLE " + table + " AS " + sql, parameters);
        RowSource source = new RowSource(local, null, "FROM " + table, Binding.NONE, table);
        boolean filled = false;
        try {
            if (fill != null) {
                local.execute(fill.apply(table), Binding.NONE);
            }
            filled = true;
            return source;
        } finally {
            if (!filled) {
                source.close();
            }
        }
    }

    public String sql() {
        return sql;
    }

    public Binding parameters() {
        return parameters;
    }

    /**
     * Sends all rows; the caller ends the load.
     *
     * @param projection SQL over {@link #sql} that gives the target's columns, by their names
     * @return rows sent
     */
    public long send(RowTarget target, String projection) throws SQLException {
        QueryLoad load = QueryLoad.over(local.duckdb(), projection, parameters, local.inTransaction())
                .within(local.run().remaining());
        Runnable cancel = () -> cancel(load);
        local.run().onCancel(cancel);
        try {
            return functions == null ? load.run(target, sent -> {}) : load.run(functions, List.of(target), sent -> {});
        } finally {
            local.run().over(cancel);
        }
    }

    private static void cancel(QueryLoad load) {
        try {
            load.cancel();
        } catch (SQLException e) {
            System.getLogger(RowSource.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
        }
    }

    /** Drops what was kept. Where a transaction has failed, its rollback does. */
    @Override
    public void close() {
        if (table == null) {
            return;
        }
        try (Statement statement = local.duckdb().createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + table);
        } catch (SQLException e) {
            System.getLogger(RowSource.class.getName()).log(System.Logger.Level.DEBUG, "left to the rollback", e);
        }
    }
}
