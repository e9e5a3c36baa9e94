/** SQL Server to Arrow: rows go from the wire into Arrow's buffers, with no object a row. */
package dev.tidegate.arrow.read;
