package dev.tidegate.server.front;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.ServerMessage;

/** Error messages that come from the front itself, or from the backend as exceptions. */
final class Messages {
    static final String SERVER = "TIDEGATE";

    private Messages() {}

    static ServerMessage error(SqlServerException e) {
        return new ServerMessage(true, e.number(), e.state(), e.severity(), e.getMessage(), SERVER, "", 1);
    }

    /** Fills in the server's name where the backend left it out. */
    static ServerMessage named(ServerMessage message) {
        if (message.server() != null && !message.server().isEmpty()) {
            return message;
        }
        return new ServerMessage(
                message.error(),
                message.number(),
                message.state(),
                message.severity(),
                message.text(),
                SERVER,
                message.procedure() == null ? "" : message.procedure(),
                message.line());
    }
}
