/** One connection and what it shares with the others to its DuckDB instance: what runs on it, its transaction, its names and its settings. */
package dev.tidegate.duckdb.engine.session;
