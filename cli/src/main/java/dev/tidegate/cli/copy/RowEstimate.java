package dev.tidegate.cli.copy;

import dev.tidegate.cli.RowValues;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.Identifiers;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The number of rows of a table as the server keeps it in its catalog: no scan, and good enough for a progress bar. */
final class RowEstimate {
    private RowEstimate() {}

    static OptionalLong of(TdsConnection connection, String table) {
        String sql = "SELECT SUM(rows) FROM sys.partitions WHERE index_id IN (0, 1) AND object_id = OBJECT_ID(N"
                + Identifiers.literal(table) + ")";
        try {
            return number(connection, sql);
        } catch (SQLException e) {
            // Without the right to look there is no estimate; the copy does not depend on it.
            return OptionalLong.empty();
        }
    }

    /** The first value of a query's first row, if it is a number. */
    static OptionalLong number(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            OptionalLong rows = OptionalLong.empty();
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows
                        && response.nextRow()
                        && RowValues.of(response, 0) instanceof Number count) {
                    rows = OptionalLong.of(count.longValue());
                }
            }
            return rows;
        }
    }
}
