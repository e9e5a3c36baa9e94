/** The embedded server: a SQL Server-compatible endpoint inside the process. Begin with {@link EmbeddedSqlServer#builder()}. */
package dev.tidegate.server;
