/** The connections, statements and metadata of {@code java.sql} over DuckDB's own. */
package dev.tidegate.duckdb.engine.face;
