package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.scan.ResultTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBPreparedStatement;

/**
 * A DuckDB in memory that a copy runs through, with the databases of both sides attached to it. What does not fit into memory goes to a
 * temporary directory that vanishes with it.
 */
public final class Engine implements AutoCloseable {
    private final SpillDirectory spill;
    private final Connection connection;
    private final ResultTables results;
    private final LoadFunctions loadFunctions = new LoadFunctions();
    private volatile Statement running;

    public Engine() throws SQLException, IOException {
        spill = new SpillDirectory();
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            execute("SET temp_directory = " + Identifiers.literal(spill.path().toString()));
            // Instants are written to text files and shown in the same way everywhere.
            execute("SET TimeZone = 'UTC'");
            // Counted for progress(), and drawn by nobody else.
            execute("SET enable_progress_bar = true");
            execute("SET enable_progress_bar_print = false");
            results = new ResultTables(connection);
        } catch (SQLException | RuntimeException e) {
            spill.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    public ResultTables results() {
        return results;
    }

    LoadFunctions loadFunctions() {
        return loadFunctions;
    }

    /** @return rows changed, or 0 */
    public long execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running = statement;
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        } finally {
            running = null;
        }
    }

    /** Ends the statement that runs at this moment, if any, with an error. Any thread. */
    public void cancel() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException | IllegalStateException e) {
                // It ended by itself meanwhile.
                System.getLogger(Engine.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
            }
        }
    }

    /** How much of the running statement is done, 0 to 1; negative when DuckDB does not know. Any thread. */
    double progress() {
        Statement statement = running;
        if (statement == null) {
            return -1;
        }
        try {
            double percentage = statement.unwrap(DuckDBPreparedStatement.class)
                    .getQueryProgress()
                    .getPercentage();
            return Math.min(1, percentage / 100);
        } catch (SQLException | IllegalStateException e) {
            // It ended meanwhile.
            return -1;
        }
    }

    /** Ends whatever statement runs on {@link #connection}, and the connection with it. Any thread. */
    void abandon() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query as text; null stays null. */
    public List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running = statement;
            try (ResultSet found = statement.executeQuery(sql)) {
                return texts(found);
            }
        } finally {
            running = null;
        }
    }

    private static List<List<String>> texts(ResultSet found) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(found.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** The names and types of a query's columns, in order; the query is bound for this but not run. */
    Map<String, String> columns(String sql) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (List<String> described : rows("DESCRIBE " + sql)) {
            columns.put(described.get(0), described.get(1));
        }
        return columns;
    }

    /** The first value of a query's first row, as a number. */
    public long number(String sql) throws SQLException {
        return Long.parseLong(rows(sql).getFirst().getFirst());
    }

    @Override
    public void close() throws SQLException {
        try {
            results.close();
        } finally {
            try {
                connection.close();
            } finally {
                spill.close();
            }
        }
    }
}
