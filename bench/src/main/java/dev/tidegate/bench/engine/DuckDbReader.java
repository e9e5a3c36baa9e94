package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.read.JdbcRows;
import dev.tidegate.bench.read.RowReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes lineitem in a DuckDB database in memory, or makes it anew. */
abstract class DuckDbReader implements RowReader {
    final Connection duckdb;

    /** @param duckdb closed with this */
    DuckDbReader(Connection duckdb) {
        this.duckdb = duckdb;
    }

    /** @return rows */
    final long create(String select) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            return statement.executeUpdate("CREATE OR REPLACE TABLE " + LineItemServer.SET.table() + " AS " + select);
        }
    }

    @Override
    public final Tally check() throws Exception {
        read();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(LineItemServer.SET.query())) {
            return new JdbcRows(LineItemServer.SET, true).read(rows);
        }
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }
}
