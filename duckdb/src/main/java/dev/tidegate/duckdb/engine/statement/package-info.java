/** A statement of an application on its way: what it becomes, who runs it, and the values of its parameters. */
package dev.tidegate.duckdb.engine.statement;
