package dev.tidegate.duckdb.attach;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server says when a database of it is attached.
 *
 * @param schema of names without one; null if the login has none
 * @param server which one it is, whatever the address that it was reached by; empty if it does not tell
 */
record Greeting(String schema, String server) {
    private static final String ASK = "SELECT SCHEMA_NAME(), CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)),"
            + " CAST(SERVERPROPERTY('MachineName') AS nvarchar(128)), CAST(SERVERPROPERTY('ProcessID') AS nvarchar(20))";

    static Greeting ask(TdsConnection connection, Run run) throws SQLException {
        try (Response response = run.execute(connection, ASK)) {
            if (!(response.next() instanceof Item.Rows) || !response.nextRow()) {
                throw new SQLException("the server does not tell the default schema of the login", "XX000");
            }
            String schema = response.row().getString(0);
            String name = response.row().getString(1);
            String machine = response.row().getString(2);
            String process = response.row().getString(3);
            response.finish();
            return new Greeting(
                    schema,
                    Stream.of(name, machine, process).filter(Objects::nonNull).collect(Collectors.joining("/")));
        } catch (IOException e) {
            throw new SQLException("the server's answer cannot be read: " + e.getMessage(), "08S01", e);
        } finally {
            run.left(connection);
        }
    }

    /** Whether both are of one server, as far as it tells. */
    boolean isOfServerOf(Greeting other) {
        return !server.isEmpty() && server.equals(other.server);
    }
}
