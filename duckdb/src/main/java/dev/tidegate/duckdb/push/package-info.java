/** What of a DuckDB statement a SQL Server can do itself: filters of scans, whole queries, and the expressions of UPDATE and DELETE. */
package dev.tidegate.duckdb.push;
