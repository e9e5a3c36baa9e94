package dev.tidegate.jdbc;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;

/** Something to ask of the server. */
@FunctionalInterface
interface Request {
    Response send(TdsConnection client, RequestOptions options) throws SQLException;
}
