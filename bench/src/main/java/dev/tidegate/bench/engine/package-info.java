/** Whole tables between a server and DuckDB, end to end: the server keeps what it is sent, and DuckDB too. */
package dev.tidegate.bench.engine;
