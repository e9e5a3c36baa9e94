package dev.tidegate.arrow;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server that understands T-SQL, with a database demo, and an allocator that must be empty after each test. */
@Timeout(120)
public abstract class OnEmbeddedServer {
    protected static final String USER = "sa";
    protected static final String PASSWORD = "Secret-1";

    protected final BufferAllocator allocator = new RootAllocator();
    private EmbeddedSqlServer server;

    @BeforeEach
    final void startServer() throws Exception {
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login(USER, PASSWORD)
                .start();
    }

    @AfterEach
    final void stopServer() {
        server.close();
        // Throws, and says of what, if anything of Arrow's memory was not given back.
        allocator.close();
    }

    protected final EmbeddedSqlServer server() {
        return server;
    }

    protected final ConnectionSettings settings() {
        return settings(server.port());
    }

    /** For what stands before the server. */
    protected static ConnectionSettings settings(int port) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .database("demo")
                .login(USER, PASSWORD)
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
    }

    /** On a connection of its own. */
    protected final void run(String sql) throws SQLException {
        try (TdsConnection connection = TdsConnection.open(settings());
                Response response = connection.execute(sql)) {
            response.finish();
        }
    }
}
