package dev.tidegate.client.range;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;

/** How a request is sent, for whoever has to know of all that runs on a connection: to cancel it, say, or to limit its time. */
@FunctionalInterface
public interface Sender {
    /** As {@link TdsConnection#execute(String)} does it. */
    Sender PLAIN = TdsConnection::execute;

    /** Returns as soon as it is sent. */
    Response send(TdsConnection connection, String sql) throws SQLException;
}
