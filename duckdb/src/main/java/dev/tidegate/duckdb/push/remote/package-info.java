/** What is known of the remote tables, and T-SQL text with its parameters. */
package dev.tidegate.duckdb.push.remote;
