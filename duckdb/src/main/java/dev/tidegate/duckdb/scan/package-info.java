/** SQL Server to DuckDB: rows go from the wire into DuckDB vectors, with no object per row. */
package dev.tidegate.duckdb.scan;
