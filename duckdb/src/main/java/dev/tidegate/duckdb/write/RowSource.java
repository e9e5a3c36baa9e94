package dev.tidegate.duckdb.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.load.QueryLoad;
import dev.tidegate.duckdb.load.RowTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The rows of a DuckDB query that are to be sent to a server. They go there while the query runs, or are kept in a temporary table first:
 * so that the query is over, and needs no connection and holds no lock on the server any more, when the first row is sent. Used by one
 * thread.
 */
public final class RowSource implements AutoCloseable {
    private final Connection duckdb;
    private final Run run;
    private final LoadFunctions functions;
    private final String sql;
    private final Binding parameters;
    /** Quoted; null if the rows are not kept. */
    private final String table;

    private RowSource(
            Connection duckdb, Run run, LoadFunctions functions, String sql, Binding parameters, String table) {
        this.duckdb = duckdb;
        this.run = run;
        this.functions = functions;
        this.sql = sql;
        this.parameters = parameters;
        this.table = table;
    }

    /** Rows that are sent while the query runs, in no particular order, by several of DuckDB's threads; for a query without parameters. */
    public static RowSource streamed(Connection duckdb, Run run, LoadFunctions functions, String sql) {
        return new RowSource(duckdb, run, functions, sql, Binding.NONE, null);
    }

    /** Rows that cost nothing to make, in their order. */
    public static RowSource constant(Connection duckdb, Run run, String sql, Binding parameters) {
        return new RowSource(duckdb, run, null, sql, parameters, null);
    }

    /** Runs the query now; its rows are sent in their order. */
    public static RowSource kept(Connection duckdb, Run run, String sql, Binding parameters) throws SQLException {
        return kept(duckdb, run, sql, parameters, null);
    }

    /**
     * Rows that another statement of DuckDB's gives to a table.
     *
     * @param shape a query without rows, whose columns the table gets
     * @param fill makes the statement of the table's quoted name
     */
    public static RowSource filled(Connection duckdb, Run run, String shape, UnaryOperator<String> fill)
            throws SQLException {
        return kept(duckdb, run, shape, Binding.NONE, fill);
    }

    private static RowSource kept(
            Connection duckdb, Run run, String sql, Binding parameters, UnaryOperator<String> fill)
            throws SQLException {
        String table = "temp.main."
                + Identifiers.duckdb(
                        "tidegate_rows_" + UUID.randomUUID().toString().substring(0, 8));
        execute(duckdb, run, "CREATE TEMP TABLE " + table + " AS " + sql, parameters);
        RowSource source = new RowSource(duckdb, run, null, "FROM " + table, Binding.NONE, table);
        boolean filled = false;
        try {
            if (fill != null) {
                execute(duckdb, run, fill.apply(table), Binding.NONE);
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
    public long send(RowTarget target, UnaryOperator<String> projection) throws SQLException {
        QueryLoad load =
                QueryLoad.over(duckdb, projection.apply(sql), parameters).within(run.remaining());
        Runnable cancel = () -> cancel(load);
        run.onCancel(cancel);
        try {
            return functions == null ? load.run(target, sent -> {}) : load.run(functions, List.of(target), sent -> {});
        } finally {
            run.over(cancel);
        }
    }

    private static void cancel(QueryLoad load) {
        try {
            load.cancel();
        } catch (SQLException e) {
            System.getLogger(RowSource.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
        }
    }

    private static void execute(Connection duckdb, Run run, String sql, Binding parameters) throws SQLException {
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            parameters.bind(statement);
            Duration left = run.remaining();
            if (!left.isZero()) {
                statement.setQueryTimeout(
                        (int) Math.min(Integer.MAX_VALUE, left.plusMillis(999).toSeconds()));
            }
            Runnable cancel = () -> cancel(statement);
            run.onCancel(cancel);
            try {
                run.checkCancelled();
                statement.execute();
            } finally {
                run.over(cancel);
            }
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException e) {
            // It ended by itself meanwhile.
            System.getLogger(RowSource.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
        }
    }

    /** Drops what was kept. Where a transaction has failed, its rollback does. */
    @Override
    public void close() {
        if (table == null) {
            return;
        }
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + table);
        } catch (SQLException e) {
            System.getLogger(RowSource.class.getName()).log(System.Logger.Level.DEBUG, "left to the rollback", e);
        }
    }
}
