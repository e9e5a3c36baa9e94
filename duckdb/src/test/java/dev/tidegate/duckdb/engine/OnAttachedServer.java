package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.FaultProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A server with nothing in it for each test, and an engine connection to a DuckDB in memory. The server is an embedded one unless {@code
 * -Dtidegate.test.url} names another, whose database is emptied before each test then; tests that need what only one in this process can
 * do, or what the named one lacks, are left out and say why.
 */
@Timeout(120)
abstract class OnAttachedServer {
    static final String PASSWORD = ServerUnderTest.PASSWORD;
    static final String USER = ServerUnderTest.USER;

    /** Billions of rows, of which a test sees the first ones. */
    static final String ENDLESS = "SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b"
            + " CROSS JOIN sys.all_objects c CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e";

    private ServerUnderTest server;
    private EngineConnection duckdb;

    @BeforeEach
    final void open() throws IOException, SQLException {
        server = ServerUnderTest.start();
        duckdb = TidegateDuckDB.open("");
    }

    @AfterEach
    final void close() throws SQLException {
        try {
            duckdb.close();
        } finally {
            server.close();
        }
    }

    /** For what only a server in this process can do: with a named one the test ends here, which counts as left out. */
    final EmbeddedSqlServer server() {
        return server.embedded();
    }

    final String host() {
        return server.host();
    }

    final int port() {
        return server.port();
    }

    final String database() {
        return server.database();
    }

    final FaultProxy proxy() throws IOException {
        return FaultProxy.to(host(), port());
    }

    final EngineConnection duckdb() {
        return duckdb;
    }

    final String url() {
        return url(USER, PASSWORD, host(), port(), database());
    }

    final String urlOf(String database) {
        return url(USER, PASSWORD, host(), port(), database);
    }

    final String urlThrough(FaultProxy proxy) {
        return url(USER, PASSWORD, "127.0.0.1", proxy.port(), database());
    }

    static String url(String user, String password, String host, int port, String database) {
        return "mssql://" + user + ":" + password + "@" + host + ":" + port + "/" + database + "?"
                + ServerUnderTest.PROPERTIES;
    }

    /** Leaves the test out if the server refuses these batches. */
    final void needs(String what, String... batches) throws SQLException {
        server.needs(what, batches);
    }

    /** @param options for the end of the list, each with a comma before it */
    final void attach(String alias, String options) throws SQLException {
        run("ATTACH '" + url() + "' AS " + alias + " (TYPE mssql" + options + ")");
    }

    final void run(String sql) throws SQLException {
        run(duckdb, sql);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @return rows changed */
    final long count(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    final List<String> rows(String sql) throws SQLException {
        return rows(duckdb, sql);
    }

    /** Each row's values with a bar between them. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return read(result);
        }
    }

    static List<String> read(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.append(i == 1 ? "" : "|").append(result.getString(i));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /** Runs in a thread of its own: the common pool may have one only. */
    static <T> CompletableFuture<T> apart(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "apart");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** The first column of what a query gives, past the engine. */
    final List<String> onServerRows(String query) throws SQLException {
        return server.firstColumn(query);
    }

    /** Runs each batch on the server, past the engine. */
    final void onServer(String... batches) throws SQLException {
        server.run(batches);
    }
}
