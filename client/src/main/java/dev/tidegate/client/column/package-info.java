/**
 * What all who move columns between a connection and another system share: what may be lost on the way, how a value is named that may not,
 * which values a SQL Server type holds, and the bases of columns that take or give one kind of value.
 */
package dev.tidegate.client.column;
