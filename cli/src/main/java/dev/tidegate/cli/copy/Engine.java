package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.scan.ResultTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A DuckDB in memory that a copy runs through, with the databases of both sides attached to it. What does not fit into memory goes to a
 * temporary directory that vanishes with it.
 */
public final class Engine implements AutoCloseable {
    private final Path spill;
    private final Connection connection;
    private final ResultTables results;

    public Engine() throws SQLException, IOException {
        spill = Files.createTempDirectory("tidegate-");
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            execute("SET temp_directory = " + Identifiers.literal(spill.toString()));
            // Instants are written to text files and shown in the same way everywhere.
            execute("SET TimeZone = 'UTC'");
            results = new ResultTables(connection);
        } catch (SQLException | RuntimeException e) {
            deleteSpill();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    public ResultTables results() {
        return results;
    }

    /** @return rows changed, or 0 */
    public long execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        }
    }

    /** The rows of a query as text; null stays null. */
    public List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
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
                deleteSpill();
            }
        }
    }

    private void deleteSpill() {
        try (Stream<Path> files = Files.walk(spill)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
