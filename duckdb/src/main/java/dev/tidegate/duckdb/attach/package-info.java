/** SQL Server databases that a DuckDB instance has attached: how they are named, reached and looked up. Knows nothing of DuckDB. */
package dev.tidegate.duckdb.attach;
