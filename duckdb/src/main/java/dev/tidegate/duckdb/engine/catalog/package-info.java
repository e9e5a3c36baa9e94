/** What DuckDB sees of attached databases: in-memory databases of their names, with a view for each table that was mentioned. */
package dev.tidegate.duckdb.engine.catalog;
