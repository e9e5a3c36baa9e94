/** DuckDB's expressions in T-SQL, under rules that say how much they may differ. */
package dev.tidegate.duckdb.push.translate;
