package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A fresh embedded server for each test. */
@Timeout(120)
abstract class OnOneServer {
    /** Billions of rows, of which a test sees the first ones. */
    static final String ENDLESS =
            "SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b CROSS JOIN sys.all_objects c"
                    + " CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e";

    /** Billions of rows as well, and not a word before they are counted. */
    static final String SILENT = ENDLESS.replace("a.object_id", "COUNT_BIG(*)");

    private EmbeddedSqlServer server;

    @BeforeEach
    final void startServer() throws Exception {
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .start();
    }

    @AfterEach
    final void stopServer() {
        server.close();
    }

    final EmbeddedSqlServer server() {
        return server;
    }

    final ConnectionSettings settings() {
        return settings(server.port());
    }

    /** For another server, or one that stands before it. */
    static ConnectionSettings settings(int port) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
    }

    final TdsConnection connect() throws SQLException {
        return TdsConnection.open(settings());
    }

    static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    static long number(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            return read(response).get(0);
        }
    }

    /** The first column of all rows of an answer with one result. */
    static List<Long> read(Response response) throws SQLException {
        List<Long> values = new ArrayList<>();
        assertThat(response.next()).isInstanceOf(Item.Rows.class);
        while (response.nextRow()) {
            try {
                values.add(response.row().getLong(0));
            } catch (IOException e) {
                throw response.failed(e);
            }
        }
        response.finish();
        return values;
    }

    final void awaitNoConnection() throws InterruptedException {
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
    }
}
