package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A JDBC driver whose rows are counted and not looked at. */
final class NextReader extends JdbcReader {
    NextReader(String url, DataSet set) throws SQLException {
        super(url, set, true);
    }

    @Override
    public long read() throws SQLException {
        long rows = 0;
        try (ResultSet result = run()) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Override
    public Tally check() {
        throw new UnsupportedOperationException("no values are looked at");
    }
}
