/** Transactions as a block of work, on any {@link javax.sql.DataSource}. */
package dev.tidegate.jdbc.transaction;
