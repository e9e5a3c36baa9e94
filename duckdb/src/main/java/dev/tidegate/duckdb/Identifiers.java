package dev.tidegate.duckdb;

/** How names are written in SQL text so that nothing in them is taken for syntax. */
public final class Identifiers {
    private Identifiers() {}

    /** A name for DuckDB: {@code a"b} becomes {@code "a""b"}. */
    public static String duckdb(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name for SQL Server: {@code a]b} becomes {@code [a]]b]}. */
    public static String sqlServer(String name) {
        return '[' + name.replace("]", "]]") + ']';
    }

    /** A text literal, valid in both dialects. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
