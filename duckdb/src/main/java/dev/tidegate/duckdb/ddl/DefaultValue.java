package dev.tidegate.duckdb.ddl;

import dev.tidegate.client.TableName;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.ast.SqlParser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** The value of DEFAULT as T-SQL writes it: a constant, which DuckDB converts to the column's type, or the time, or a new UUID. */
final class DefaultValue {
    private final Connection duckdb;
    private final String column;
    private final ColumnType type;

    DefaultValue(Connection duckdb, String column, ColumnType type) {
        this.duckdb = duckdb;
        this.column = column;
        this.type = type;
    }

    /** @throws SQLException if it is neither, or no value of the column's type */
    String sql(String written) throws SQLException {
        List<Node> nodes = new SqlParser(duckdb).expressions(written);
        if (nodes.size() == 1) {
            Node node = nodes.get(0);
            if (isConstant(node)) {
                return constant(written);
            }
            String name = node.text("class").equals("COLUMN_REF")
                    ? String.join(".", node.texts("column_names"))
                    : node.text("class").equals("FUNCTION") && !node.has("arguments") && !node.has("schema")
                            ? node.text("function_name")
                            : "";
            String found = volatileValue(name.toLowerCase(Locale.ROOT));
            if (found != null) {
                return found;
            }
        }
        throw new SQLFeatureNotSupportedException(
                "column \"" + column + "\": DEFAULT " + written + " is neither a constant nor one of current_timestamp,"
                        + " current_date, now(), today(), localtimestamp and uuid(); set it with mssql_execute",
                "0A000");
    }

    private static boolean isConstant(Node node) {
        return switch (node.text("class")) {
            case "CONSTANT" -> true;
            case "CAST" -> node.child("child").map(DefaultValue::isConstant).orElse(false);
            default -> false;
        };
    }

    private static String volatileValue(String name) {
        return switch (name) {
            case "current_timestamp", "now", "get_current_timestamp", "transaction_timestamp" -> "SYSDATETIMEOFFSET()";
            case "localtimestamp", "current_localtimestamp" -> "SYSDATETIME()";
            case "current_date", "today" -> "CAST(SYSDATETIME() AS date)";
            case "current_time", "localtime", "current_localtime" -> "CAST(SYSDATETIME() AS time)";
            case "uuid", "gen_random_uuid", "uuidv4" -> "NEWID()";
            default -> null;
        };
    }

    private String constant(String written) throws SQLException {
        String value = "(" + written + "\n)::" + type.duckdb();
        String text = text(
                switch (type.duckdb()) {
                    case "BLOB" -> "hex(" + value + ")";
                    case "TIMESTAMP", "TIMESTAMP_NS" -> "replace((" + value + ")::VARCHAR, ' ', 'T')";
                    case "TIMESTAMP WITH TIME ZONE" ->
                        "replace((" + value + " AT TIME ZONE 'UTC')::VARCHAR, ' ', 'T') || '+00:00'";
                    case "BOOLEAN" -> "(" + value + ")::INTEGER";
                    default -> value;
                });
        if (text == null) {
            return "NULL";
        }
        if (type.duckdb().equals("BLOB")) {
            return "0x" + text;
        }
        boolean isNumber = switch (type.duckdb()) {
            case "BOOLEAN", "UTINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE" -> true;
            default -> type.duckdb().startsWith("DECIMAL");
        };
        if (isNumber && !text.matches("-?[0-9.]+(e[-+]?[0-9]+)?")) {
            throw new SQLFeatureNotSupportedException(
                    "column \"" + column + "\": SQL Server has no number " + text + " for its DEFAULT", "0A000");
        }
        return isNumber ? text : TableName.literal(text);
    }

    private String text(String expression) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery("SELECT (" + expression + ")::VARCHAR")) {
            row.next();
            return row.getString(1);
        }
    }
}
