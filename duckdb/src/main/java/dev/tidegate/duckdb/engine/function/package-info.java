/** The functions {@code mssql_query}, {@code mssql_execute}, {@code mssql_settings} and so on, which become what DuckDB can run. */
package dev.tidegate.duckdb.engine.function;
