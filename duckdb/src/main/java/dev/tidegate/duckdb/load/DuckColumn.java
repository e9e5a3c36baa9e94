package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
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
        return of(duckdb, sql, Binding.NONE);
    }

    /** As {@link #of(Connection, String)}; the types of parameters are those of their values. */
    static List<DuckColumn> of(Connection duckdb, String sql, Binding parameters) throws SQLException {
        List<DuckColumn> columns = asWritten(duckdb, sql, parameters);
        Map<String, String> names = new HashMap<>();
        for (DuckColumn column : columns) {
            String twin = names.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.name());
            if (twin != null) {
                throw new SQLSyntaxErrorException(
                        "columns \"" + twin + "\" and \"" + column.name()
                                + "\" have the same name for SQL Server, which"
                                + " ignores case; rename one in the query",
                        "42701");
            }
        }
        return columns;
    }

    /** Of a query whose names may be anything, also the same. */
    static List<DuckColumn> asWritten(Connection duckdb, String sql, Binding parameters) throws SQLException {
        List<DuckColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = duckdb.prepareStatement("DESCRIBE " + sql)) {
            parameters.bind(statement);
            try (ResultSet described = statement.executeQuery()) {
                while (described.next()) {
                    columns.add(new DuckColumn(described.getString(1), DuckType.parse(described.getString(2))));
                }
            }
        }
        return columns;
    }
}
