package dev.tidegate.client.range;

import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of short answers, as objects; for what is asked of a server beside the work itself. */
public final class Rows {
    private Rows() {}

    /**
     * Runs a batch and reads all of its answer into memory.
     *
     * @return a row an array, in order; rows of later results follow those of earlier ones
     * @throws SQLException if the batch fails, or the line
     */
    public static List<Object[]> of(TdsConnection connection, String sql) throws SQLException {
        return of(connection, sql, RequestOptions.DEFAULTS);
    }

    /** As {@link #of(TdsConnection, String)}, with a limit of its own. */
    public static List<Object[]> of(TdsConnection connection, String sql, RequestOptions options) throws SQLException {
        return of(connection.execute(sql, options));
    }

    /** As {@link #of(TdsConnection, String)}, of an answer that nobody has begun to read; closes it. */
    public static List<Object[]> of(Response answer) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Response response = answer) {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows result) {
                    read(response, result.columns().size(), rows);
                }
            }
        }
        return rows;
    }

    private static void read(Response response, int width, List<Object[]> rows) throws SQLException {
        while (response.nextRow()) {
            Object[] row = new Object[width];
            try {
                for (int i = 0; i < width; i++) {
                    row[i] = response.row().getObject(i);
                }
            } catch (IOException e) {
                throw response.failed(e);
            }
            rows.add(row);
        }
    }
}
