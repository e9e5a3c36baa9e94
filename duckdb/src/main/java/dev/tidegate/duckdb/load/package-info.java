/** DuckDB to SQL Server: the chunks of a DuckDB query become a bulk load. */
package dev.tidegate.duckdb.load;
