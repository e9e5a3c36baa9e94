/**
 * SQL Server data inside DuckDB: results of a SQL Server query as DuckDB tables ({@link dev.tidegate.duckdb.scan}), and DuckDB queries
 * as bulk loads ({@link dev.tidegate.duckdb.load}). What both share: what may be lost on the way, and how a value that may not is named.
 */
package dev.tidegate.duckdb;
