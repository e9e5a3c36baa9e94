/** The statements that change attached databases, which are run in DuckDB's place. */
package dev.tidegate.duckdb.engine.write;
