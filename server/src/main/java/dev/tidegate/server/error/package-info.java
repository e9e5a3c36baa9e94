/** SQL Server's errors: the number, state, severity, text and effect of each. */
package dev.tidegate.server.error;
