/**
 * SQL Server data in Arrow memory: {@link dev.tidegate.arrow.TidegateArrow} gives the rows of a query as record batches and loads record
 * batches into a table.
 */
package dev.tidegate.arrow;
