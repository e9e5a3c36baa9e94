package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.ColumnWidth;
import dev.tidegate.duckdb.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL Server table that holds a DuckDB query's rows without loss, as far as its types can; the table is in docs/types.md.
 *
 * @param columns definitions such as {@code [id] int NULL}
 */
public record TableDefinition(List<String> columns) {
    private static final int LONGEST_NVARCHAR = 4000;
    private static final int LONGEST_VARBINARY = 8000;

    public TableDefinition {
        columns = List.copyOf(columns);
    }

    /**
     * @param measured true to run the query once to find the width of its longest texts and blobs, which then get columns of that width or a little
     *     more ({@link ColumnWidth}); else they get (max) columns, which load several times slower
     * @throws SQLFeatureNotSupportedException for a column whose type has no place in SQL Server; the message says what to do
     */
    public static TableDefinition of(Connection duckdb, String sql, boolean measured) throws SQLException {
        List<DuckColumn> columns = DuckColumn.of(duckdb, sql);
        Map<String, Long> widths = measured ? widths(duckdb, sql, columns) : Map.of();
        List<String> definitions = new ArrayList<>();
        for (DuckColumn column : columns) {
            definitions.add(
                    Identifiers.sqlServer(column.name()) + " " + sqlType(column, widths.get(column.name())) + " NULL");
        }
        return new TableDefinition(definitions);
    }

    /** Whether a query has columns whose width would have to be found. */
    public static boolean hasWidths(Connection duckdb, String sql, Binding parameters) throws SQLException {
        return DuckColumn.of(duckdb, sql, parameters).stream()
                .anyMatch(column -> column.type().kind() == DuckType.Kind.TEXT
                        || column.type().kind() == DuckType.Kind.BLOB);
    }

    /** @param table already quoted where needed */
    public String createTable(String table) {
        return "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")";
    }

    private static String sqlType(DuckColumn column, Long width) throws SQLException {
        DuckType type = column.type();
        return switch (type.kind()) {
            case BOOLEAN -> "bit";
            case INTEGER -> integerType(type.text());
            case UBIGINT -> "decimal(20,0)";
            case HUGEINT, UHUGEINT -> "decimal(38,0)";
            case FLOAT -> "real";
            case DOUBLE -> "float";
            case DECIMAL -> "decimal(" + type.precision() + "," + type.scale() + ")";
            case TEXT -> "nvarchar" + sized(width, LONGEST_NVARCHAR);
            case BLOB -> "varbinary" + sized(width, LONGEST_VARBINARY);
            case UUID -> "uniqueidentifier";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIME_NS -> "time(7)";
            case TIMESTAMP ->
                "datetime2(" + ("TIMESTAMP_S".equals(type.text()) ? 0 : "TIMESTAMP_MS".equals(type.text()) ? 3 : 6)
                        + ")";
            case TIMESTAMP_NS -> "datetime2(7)";
            case TIMESTAMPTZ -> "datetimeoffset(6)";
            case OTHER ->
                throw new SQLFeatureNotSupportedException(
                        "column \"" + column.name() + "\" has type " + type.text()
                                + ", which SQL Server cannot hold; make text of it in the query, with to_json(…) or"
                                + " ::VARCHAR",
                        "0A000");
        };
    }

    private static String integerType(String text) {
        return switch (text) {
            case "UTINYINT" -> "tinyint";
            case "TINYINT", "SMALLINT" -> "smallint";
            case "INTEGER", "USMALLINT" -> "int";
            default -> "bigint";
        };
    }

    private static String sized(Long width, int longest) {
        return width == null ? "(max)" : ColumnWidth.declared(width, longest);
    }

    private static Map<String, Long> widths(Connection duckdb, String sql, List<DuckColumn> columns)
            throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (DuckColumn column : columns) {
            String name = Identifiers.duckdb(column.name());
            if (column.type().kind() == DuckType.Kind.TEXT) {
                names.add(column.name());
                // UTF-16 units are at most twice the characters, and at most the bytes of UTF-8.
                expressions.add("max(least(strlen(" + name + "::VARCHAR), 2 * length(" + name + "::VARCHAR)))");
            } else if (column.type().kind() == DuckType.Kind.BLOB) {
                names.add(column.name());
                expressions.add("max(octet_length(" + name + "))");
            }
        }
        Map<String, Long> widths = new HashMap<>();
        if (names.isEmpty()) {
            return widths;
        }
        try (Statement statement = duckdb.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM (" + sql + "\n)")) {
            row.next();
            for (int i = 0; i < names.size(); i++) {
                widths.put(names.get(i), row.getLong(i + 1));
            }
        }
        return widths;
    }
}
