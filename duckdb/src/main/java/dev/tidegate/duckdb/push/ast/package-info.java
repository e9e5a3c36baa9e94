/** Statements and expressions as DuckDB's own parser sees them, read from {@code json_serialize_sql}. */
package dev.tidegate.duckdb.push.ast;
