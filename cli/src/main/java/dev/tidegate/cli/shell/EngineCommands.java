package dev.tidegate.cli.shell;

import dev.tidegate.cli.CliException;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.Identifiers;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** What begins with a point: commands of the prompt and of scripts that are no SQL. */
final class EngineCommands {
    private static final String HELP = """
        A statement of DuckDB runs at the end of a line with a semicolon; attached SQL Server databases are among its databases.
          .tables [TEXT]    names of tables and views, those with TEXT in them
          .schema [TABLE]   columns of a table, or of all
          .help             shows this
          .quit             ends, and so do exit, quit and Ctrl-D
          Ctrl-C            cancels the running statement, or drops the lines typed so far
        ATTACH 'mssql://user@host/database' AS name (TYPE mssql, PASSWORD_ENV 'VARIABLE') attaches one more. mssql_query('name', $$T-SQL$$) is a
        table, CALL mssql_execute('name', $$T-SQL$$) runs what is no query. docs/attach.md has the rest.\
        """;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final EngineConnection connection;
    private final PrintWriter out;

    EngineCommands(EngineConnection connection, PrintWriter out) {
        this.connection = connection;
        this.out = out;
    }

    /** @param text without the point */
    void run(String text) throws SQLException {
        String[] parts = text.strip().replaceAll(";$", "").split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "tables" -> tables(argument);
            case "schema" -> schema(argument);
            case "help" -> out.println(HELP);
            default -> throw CliException.usage("there is no command ." + parts[0] + "; .help lists them");
        }
        out.flush();
    }

    private void tables(String wanted) throws SQLException {
        // DuckDB is asked past the engine, which would describe every table of every server first.
        List<List<String>> names = new ArrayList<>(
                rows(connection.unwrap(DuckDBConnection.class), """
                    SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE NOT internal
                    UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views() WHERE NOT internal"""));
        List<List<String>> attached = rows(connection, "SELECT DISTINCT database_name FROM mssql_pool_stats()");
        names.removeIf(name -> attached.contains(name.subList(0, 1)));
        names.addAll(rows(connection, "FROM mssql_tables()"));
        names.stream()
                .map(EngineCommands::qualified)
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .forEach(out::println);
    }

    private void schema(String table) throws SQLException {
        if (!table.isEmpty()) {
            definition(table, rows(connection, "SELECT column_name, column_type, \"null\" FROM (DESCRIBE " + table + ")"));
            return;
        }
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        for (List<String> row : rows(connection, """
                SELECT column_name, data_type, CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END, database_name, schema_name, table_name
                FROM duckdb_columns() c WHERE NOT internal
                AND (database_name NOT IN (SELECT database_name FROM mssql_pool_stats())
                    OR EXISTS (FROM mssql_tables() t WHERE t.database_name = c.database_name
                        AND t.schema_name = c.schema_name AND t.table_name = c.table_name))
                ORDER BY database_name, schema_name, table_name, column_index""")) {
            tables.computeIfAbsent(qualified(row.subList(3, 6)), name -> new ArrayList<>()).add(row);
        }
        tables.forEach(this::definition);
    }

    /** @param columns name, type, and YES if it may be NULL */
    private void definition(String table, List<List<String>> columns) {
        out.println(columns.stream()
                .map(column -> "    " + quoted(column.get(0)) + " " + column.get(1)
                        + (column.get(2).equals("NO") ? " NOT NULL" : ""))
                .collect(Collectors.joining(",\n", "CREATE TABLE " + table + " (\n", "\n);")));
    }

    private static String qualified(List<String> parts) {
        return parts.stream().map(EngineCommands::quoted).collect(Collectors.joining("."));
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : Identifiers.duckdb(name);
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
