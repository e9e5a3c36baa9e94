package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A table in an attached DuckDB file. */
record DuckDbTable(String catalog, String schema, String name) {
    private static final String DEFAULT_SCHEMA = "main";

    /** @param text {@code table} or {@code schema.table}; parts may stand in double quotes */
    static DuckDbTable parse(String catalog, String text) {
        String[] parts = text.split("\\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        if (parts.length > 2) {
            throw CliException.usage("'" + text + "' is not a table of a DuckDB file; write table or schema.table");
        }
        return parts.length == 1
                ? new DuckDbTable(catalog, DEFAULT_SCHEMA, unquoted(parts[0]))
                : new DuckDbTable(catalog, unquoted(parts[0]), unquoted(parts[1]));
    }

    static void attach(Engine engine, Path file, String catalog, boolean readOnly) throws SQLException {
        if (readOnly && !Files.isRegularFile(file)) {
            throw new CliException(ExitCode.FAILED, "there is no DuckDB file " + file);
        }
        engine.execute("ATTACH " + Identifiers.literal(file.toString()) + " AS " + Identifiers.duckdb(catalog)
                + (readOnly ? " (READ_ONLY)" : ""));
    }

    String sql() {
        return Identifiers.duckdb(catalog) + "." + Identifiers.duckdb(schema) + "." + Identifiers.duckdb(name);
    }

    String shown() {
        return DEFAULT_SCHEMA.equals(schema) ? name : schema + "." + name;
    }

    boolean exists(Engine engine) throws SQLException {
        return engine.number(
                        "SELECT count(*) FROM duckdb_tables() WHERE database_name = " + Identifiers.literal(catalog)
                                + " AND lower(schema_name) = lower(" + Identifiers.literal(schema)
                                + ") AND lower(table_name) = lower("
                                + Identifiers.literal(name) + ")")
                > 0;
    }

    void createSchema(Engine engine) throws SQLException {
        engine.execute("CREATE SCHEMA IF NOT EXISTS " + Identifiers.duckdb(catalog) + "." + Identifiers.duckdb(schema));
    }

    private static String unquoted(String part) {
        return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"")
                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                : part;
    }
}
