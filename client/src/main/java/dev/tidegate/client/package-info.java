/** A physical connection to SQL Server and all that it can do. */
package dev.tidegate.client;
