package dev.tidegate.duckdb.push;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;

/** Tells DuckDB's functions from those that macros or programs have put in their place. */
final class OwnFunctions {
    private OwnFunctions() {}

    static boolean isAnyRedefined(Connection duckdb, Set<String> names) throws SQLException {
        if (names.isEmpty()) {
            return false;
        }
        try (Statement statement = duckdb.createStatement();
                ResultSet functions =
                        statement.executeQuery("SELECT function_name FROM duckdb_functions() WHERE NOT internal")) {
            boolean found = false;
            while (functions.next()) {
                found |= names.contains(functions.getString(1).toLowerCase(Locale.ROOT));
            }
            return found;
        }
    }
}
