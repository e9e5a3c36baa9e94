/** The table functions by which DuckDB reads attached databases, and which of their rows the statement that runs needs. */
package dev.tidegate.duckdb.engine.scan;
