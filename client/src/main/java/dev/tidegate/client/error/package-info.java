/** How errors of the server and of the line become {@link java.sql.SQLException}s. */
package dev.tidegate.client.error;
