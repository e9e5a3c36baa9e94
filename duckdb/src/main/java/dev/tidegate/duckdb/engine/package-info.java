/** DuckDB connections with SQL Server databases attached: what passes between an application's statements and DuckDB's. */
package dev.tidegate.duckdb.engine;
