/** DuckDB's SQL as text: its tokens, its statements, and the parts of those statements that the engine takes apart. */
package dev.tidegate.duckdb.sql;
