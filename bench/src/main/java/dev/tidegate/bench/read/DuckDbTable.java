package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.duckdb.scan.ResultTables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A table made of the result in DuckDB, in memory. */
public final class DuckDbTable implements RowReader {
    private final TdsConnection source;
    private final Connection duckdb;
    private final ResultTables results;
    private final DataSet set;

    /** @param source has the data set's table; closed with this */
    public DuckDbTable(TdsConnection source, DataSet set) throws SQLException {
        this.source = source;
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
        this.results = new ResultTables(duckdb);
        this.set = set;
    }

    /** Where the table is, under the data set's name. */
    public Connection duckdb() {
        return duckdb;
    }

    /** Makes the table, or makes it anew. */
    public void fill() throws SQLException {
        read();
    }

    @Override
    public long read() throws SQLException {
        try (ResultTable table = results.open(ResponseBatches.run(source, set.query(), RequestOptions.DEFAULTS), Set.of());
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE " + set.table() + " AS " + table.sql());
            return table.rows();
        }
    }

    @Override
    public Tally check() throws SQLException {
        read();
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(set.query())) {
            return new JdbcRows(set, true).read(result);
        }
    }

    @Override
    public void close() throws SQLException {
        try (source;
                duckdb) {
            results.close();
        }
    }
}
