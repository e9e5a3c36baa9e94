package dev.tidegate.client;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;

/** Connections to scripted servers. */
final class ScriptedConnections {
    private ScriptedConnections() {}

    static ConnectionSettings.Builder settings(ScriptedServer server) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .login("sa", "secret")
                .set(ConnectionProperty.ENCRYPT, "false");
    }

    static TdsConnection connect(ScriptedServer server) throws SQLException {
        return TdsConnection.open(settings(server).build());
    }
}
