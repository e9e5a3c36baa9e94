/**
 * SQL Server data inside DuckDB: results of a SQL Server query as DuckDB tables ({@link dev.tidegate.duckdb.scan}), and DuckDB queries
 * as bulk loads ({@link dev.tidegate.duckdb.load}).
 */
package dev.tidegate.duckdb;
