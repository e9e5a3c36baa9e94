/** Changes of a server's rows that DuckDB has computed: they wait in a temporary table, and are made by one statement each. */
package dev.tidegate.duckdb.change;
