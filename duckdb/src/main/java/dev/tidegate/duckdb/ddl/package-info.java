/** DuckDB's definitions of tables, views, indexes and schemas as T-SQL. */
package dev.tidegate.duckdb.ddl;
