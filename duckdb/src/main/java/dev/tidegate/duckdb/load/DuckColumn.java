package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A column of a DuckDB query. */
record DuckColumn(String name, DuckType type) {
    /** The columns of a query, which is bound for this but not run. */
    static List<DuckColumn> of(Connection duckdb, String sql) throws SQLException {
        List<DuckColumn> columns = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE " + sql)) {
            while (described.next()) {
                columns.add(new DuckColumn(described.getString(1), DuckType.parse(described.getString(2))));
            }
        }
        return columns;
    }
}
