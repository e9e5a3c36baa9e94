/** Rows of DuckDB's on their way into tables of a server. Knows nothing of statements. */
package dev.tidegate.duckdb.write;
