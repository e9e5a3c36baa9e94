/** What statements that read attached tables ask of the servers: whole queries or the conditions of scans, and how EXPLAIN shows it. */
package dev.tidegate.duckdb.engine.read;
