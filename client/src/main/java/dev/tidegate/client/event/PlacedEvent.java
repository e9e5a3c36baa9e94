package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What happens to a connection, and where. */
@Category({"Tidegate", "Connection"})
abstract class PlacedEvent extends Event {
    @Label("Host")
    String host;

    @Label("Port")
    int port;

    @Label("Database")
    String database;

    final void at(ErrorContext where) {
        host = where.host();
        port = where.port();
        database = where.database();
    }
}
