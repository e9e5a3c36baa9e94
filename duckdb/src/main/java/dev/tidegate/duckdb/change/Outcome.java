package dev.tidegate.duckdb.change;

import dev.tidegate.client.Response;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.write.ChangedRows;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import java.sql.SQLException;

/**
 * What is wanted of the rows that a statement changes on the server: their number, or the rows themselves, for RETURNING.
 *
 * @param rows takes them; null if their number is enough
 */
public record Outcome(ChangedRows rows) {
    public static final Outcome COUNT = new Outcome(null);

    /** The OUTPUT clause, with a space before it; empty if there is none. */
    public String output(Action action) {
        if (rows == null) {
            return "";
        }
        return action == Action.DELETE ? " OUTPUT deleted.*" : " OUTPUT inserted.*";
    }

    /**
     * Runs a statement that has the {@link #output} clause of its action.
     *
     * @return rows changed
     */
    public long change(ServerSession server, Action action, Tsql statement) throws SQLException {
        if (rows == null) {
            return server.change(statement);
        }
        try (Response answer = server.run().execute(server.connection(), statement.sql(), statement.parameters())) {
            return rows.take(action, answer);
        } finally {
            server.run().left(server.connection());
        }
    }

    /** Once all is done, and before it is committed. */
    public void finish() throws SQLException {
        if (rows != null) {
            rows.finish();
        }
    }
}
