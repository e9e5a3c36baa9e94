package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.replay.Clients;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A JDBC driver, by its getters. */
public class JdbcReader implements RowReader {
    private final Connection connection;
    private final Statement statement;
    private final String query;
    private final JdbcRows rows;

    public JdbcReader(String url, DataSet set, boolean javaTime) throws SQLException {
        this.connection = Clients.open(url);
        this.statement = connection.createStatement();
        this.query = set.query();
        this.rows = new JdbcRows(set, javaTime);
    }

    @Override
    public long read() throws Exception {
        return check().rows();
    }

    @Override
    public Tally check() throws Exception {
        try (ResultSet result = run()) {
            return rows.read(result);
        }
    }

    final ResultSet run() throws SQLException {
        return statement.executeQuery(query);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
