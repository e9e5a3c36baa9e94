/** A TCP proxy that breaks connections on purpose, at a byte that the test names. */
package dev.tidegate.testkit.fault;
