package dev.tidegate.duckdb.engine;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.tds.row.RowCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The server that the engine's tests run against: an embedded one for each test, or the one that {@code -Dtidegate.test.url} names. Of a
 * named one the database is emptied before each test, so its name has to have "test" in it.
 */
final class ServerUnderTest implements AutoCloseable {
    private static final String NAMED = System.getProperty("tidegate.test.url", "");
    private static final ConnectionSettings SETTINGS = NAMED.isEmpty() ? null : named(NAMED);

    static final String USER = SETTINGS == null ? "sa" : SETTINGS.get(ConnectionProperty.USER);
    static final String PASSWORD = SETTINGS == null ? "S3cret-for-tests" : SETTINGS.get(ConnectionProperty.PASSWORD);

    /** Those of the URL, for others that lead to the same server. */
    static final String PROPERTIES = SETTINGS == null
            ? "encrypt=false"
            : Optional.ofNullable(URI.create(NAMED).getRawQuery()).orElse("");

    private static final String DROPPED = "SELECT CASE o.type WHEN 'V' THEN 'VIEW' ELSE 'TABLE' END, s.name, o.name"
            + " FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id"
            + " WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.type DESC, o.object_id DESC";

    private static final String DROPPED_SCHEMAS = "SELECT name FROM sys.schemas WHERE name NOT IN"
            + " ('dbo', 'guest', 'sys', 'INFORMATION_SCHEMA') AND name NOT LIKE 'db[_]%' ORDER BY name";

    private final EmbeddedSqlServer embedded;
    private final ConnectionSettings settings;

    private ServerUnderTest(EmbeddedSqlServer embedded, ConnectionSettings settings) {
        this.embedded = embedded;
        this.settings = settings;
    }

    private static ConnectionSettings named(String url) {
        try {
            ConnectionSettings settings = ConnectionSettings.parse(url, null);
            String database = String.valueOf(settings.get(ConnectionProperty.DATABASE_NAME));
            if (!url.startsWith("mssql://")
                    || !database.toLowerCase(Locale.ROOT).contains("test")) {
                throw new IllegalArgumentException(
                        "tidegate.test.url has to be mssql://user:password@host:port/database?…,"
                                + " and the database's name to have 'test' in it, because everything in it is dropped");
            }
            return settings;
        } catch (SQLException e) {
            throw new IllegalArgumentException("tidegate.test.url: " + e.getMessage(), e);
        }
    }

    static ServerUnderTest start() throws IOException, SQLException {
        if (SETTINGS != null) {
            ServerUnderTest server = new ServerUnderTest(null, SETTINGS);
            server.empty();
            return server;
        }
        EmbeddedSqlServer embedded = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .database("other")
                .login(USER, PASSWORD)
                .start();
        return new ServerUnderTest(
                embedded,
                ConnectionSettings.builder()
                        .host("127.0.0.1")
                        .port(embedded.port())
                        .database("demo")
                        .login(USER, PASSWORD)
                        .set(ConnectionProperty.ENCRYPT, "false")
                        .build());
    }

    /** Leaves the test out if the server is not in this process. */
    EmbeddedSqlServer embedded() {
        return embedded == null
                ? abort("needs a server in this process, to look into it or to end its sessions; " + settings.host()
                        + " is not")
                : embedded;
    }

    String host() {
        return settings.host();
    }

    int port() {
        return settings.port();
    }

    String database() {
        return settings.get(ConnectionProperty.DATABASE_NAME);
    }

    void run(String... batches) throws SQLException {
        try (TdsConnection connection = TdsConnection.open(settings)) {
            for (String batch : batches) {
                try (Response response = connection.execute(batch)) {
                    response.finish();
                }
            }
        }
    }

    List<String> firstColumn(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (TdsConnection connection = TdsConnection.open(settings)) {
            read(connection, query, row -> values.add(String.valueOf(row.getObject(0))));
        }
        return values;
    }

    /** Leaves the test out if the server says that it cannot run these batches. */
    void needs(String what, String... batches) throws SQLException {
        try {
            run(batches);
        } catch (SQLException e) {
            if (DatabaseError.of(e).isEmpty()) {
                throw e;
            }
            abort("needs " + what + ", which the server at " + host() + ":" + port() + " refuses: " + e.getMessage());
        }
    }

    /** A table that another refers to goes in a later round. */
    private void empty() throws SQLException {
        try (TdsConnection connection = TdsConnection.open(settings)) {
            List<String> left = drops(connection);
            while (!left.isEmpty()) {
                SQLException refused = null;
                for (String drop : left) {
                    try (Response response = connection.execute(drop)) {
                        response.finish();
                    } catch (SQLException e) {
                        refused = e;
                    }
                }
                List<String> after = drops(connection);
                if (after.size() == left.size()) {
                    throw new SQLException("the database of tidegate.test.url cannot be emptied", refused);
                }
                left = after;
            }
        }
    }

    private static List<String> drops(TdsConnection connection) throws SQLException {
        List<String> drops = new ArrayList<>();
        read(
                connection,
                DROPPED,
                row -> drops.add("DROP " + row.getString(0) + " " + Identifiers.sqlServer(row.getString(1)) + "."
                        + Identifiers.sqlServer(row.getString(2))));
        read(connection, DROPPED_SCHEMAS, row -> drops.add("DROP SCHEMA " + Identifiers.sqlServer(row.getString(0))));
        return drops;
    }

    private interface EachRow {
        void take(RowCursor row) throws IOException;
    }

    private static void read(TdsConnection connection, String sql, EachRow each) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.next();
            while (response.nextRow()) {
                each.take(response.row());
            }
            response.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
