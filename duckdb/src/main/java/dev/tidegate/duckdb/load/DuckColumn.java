package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A column of a DuckDB query. */
record DuckColumn(String name, DuckType type) {
    /**
     * The columns of a query, which is bound for this but not run.
     *
     * @throws SQLSyntaxErrorException if two names differ at most in case, because SQL Server takes those for one
     */
    static List<DuckColumn> of(Connection duckdb, String sql) throws SQLException {
        List<DuckColumn> columns = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE " + sql)) {
            Map<String, String> names = new HashMap<>();
            while (described.next()) {
                String name = described.getString(1);
                String twin = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
                if (twin != null) {
                    throw new SQLSyntaxErrorException(
                            "columns \"" + twin + "\" and \"" + name + "\" have the same name for SQL Server, which"
                                    + " ignores case; rename one in the query",
                            "42701");
                }
                columns.add(new DuckColumn(name, DuckType.parse(described.getString(2))));
            }
        }
        return columns;
    }
}
