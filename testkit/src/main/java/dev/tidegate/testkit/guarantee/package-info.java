/** Ties tests to the rows of the table of guarantees, and the table to the documentation. */
package dev.tidegate.testkit.guarantee;
