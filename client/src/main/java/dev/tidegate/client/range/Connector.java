package dev.tidegate.client.range;

import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;

/** Where connections come from: a server, or a pool, to which they go back when they are closed. */
@FunctionalInterface
public interface Connector {
    TdsConnection open() throws SQLException;
}
