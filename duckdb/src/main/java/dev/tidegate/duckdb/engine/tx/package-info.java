/** What the statements of a connection do on servers: each by itself, or within the connection's transaction. Knows nothing of DuckDB. */
package dev.tidegate.duckdb.engine.tx;
