package dev.tidegate.server.error;

/**
 * What was going on when H2 raised an error: SQL Server's texts name it.
 *
 * @param statement INSERT, UPDATE, DELETE, MERGE, SELECT, …
 * @param database name of the current database
 * @param object the target table as {@code schema.name}, or empty
 */
public record ErrorContext(String statement, String database, String object) {}
