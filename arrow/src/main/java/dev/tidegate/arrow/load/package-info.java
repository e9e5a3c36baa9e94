/** Arrow to SQL Server: record batches go from Arrow's buffers into a bulk load, with no object a row. */
package dev.tidegate.arrow.load;
