package dev.tidegate.duckdb.write;

import dev.tidegate.duckdb.attach.Run;
import java.sql.Connection;

/**
 * DuckDB's side of a statement that writes to a server.
 *
 * @param duckdb the application's connection
 * @param inTransaction whether the statement is part of a transaction, also where DuckDB's driver does not know of it
 */
public record Local(Connection duckdb, boolean inTransaction, Run run) {}
