package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first result of a small question that the driver itself asks, in memory.
 *
 * @param columns none if there was no result
 * @param session that was asked
 */
record Lookup(List<Column> columns, List<Object[]> rows, Session session) {
    /** Asks, and reads the answer to its end. */
    static Lookup of(Session session, Request request) throws SQLException {
        session.lock().lock();
        try {
            session.prepareLine();
            session.beginIfNeeded();
            try (Response response = request.send(session.client(), RequestOptions.DEFAULTS)) {
                return read(response, session);
            }
        } finally {
            session.lock().unlock();
        }
    }

    private static Lookup read(Response response, Session session) throws SQLException {
        List<Lookup> found = results(response, session);
        return found.isEmpty() ? new Lookup(List.of(), List.of(), session) : found.get(0);
    }

    /** All results of an answer, which is read to its end and closed; under the session's lock. */
    static List<Lookup> all(Response answer, Session session) throws SQLException {
        try (answer) {
            return results(answer, session);
        }
    }

    private static List<Lookup> results(Response response, Session session) throws SQLException {
        List<Lookup> found = new ArrayList<>();
        for (Item item = response.next(); item != null; item = response.next()) {
            if (item instanceof Item.Rows result) {
                List<Object[]> rows = new ArrayList<>();
                while (response.nextRow()) {
                    rows.add(new LiveRow(response, response.row(), result.columns()).detach());
                }
                found.add(new Lookup(result.columns(), rows, session));
            }
        }
        return found;
    }

    /** The index of a column, whatever its case; -1 if there is none. */
    int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** Null if the column is missing. */
    Object value(Object[] row, String column) {
        int index = index(column);
        return index < 0 ? null : row[index];
    }
}
