package dev.tidegate.duckdb.ddl;

import java.sql.SQLException;

/** What a definition does on the server, all of it within one transaction. */
@FunctionalInterface
public interface Change {
    void on(ServerSession server) throws SQLException;
}
