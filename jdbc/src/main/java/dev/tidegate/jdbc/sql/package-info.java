/** What JDBC asks to be done to SQL text before it is sent: parameter markers, escapes, calls. Pure functions of the text. */
package dev.tidegate.jdbc.sql;
