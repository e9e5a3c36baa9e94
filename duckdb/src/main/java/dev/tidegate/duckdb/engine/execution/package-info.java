/** Runs the statements of a connection: each is translated by who knows its kind, and given to DuckDB, to the engine, or to both. */
package dev.tidegate.duckdb.engine.execution;
