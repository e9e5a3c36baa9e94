/** Whole SELECTs in T-SQL. */
package dev.tidegate.duckdb.push.query;
