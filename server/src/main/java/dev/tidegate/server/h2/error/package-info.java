/** What H2 reports, in SQL Server's words. */
package dev.tidegate.server.h2.error;
