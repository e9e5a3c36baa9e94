/**
 * What values become on their way between SQL Server's types and Java's: every conversion that JDBC allows and the server's own values can
 * stand, and a typed error for each that would change a value in silence.
 */
package dev.tidegate.jdbc.convert;
