/** An ADBC driver (Arrow Database Connectivity): the same queries and loads behind the interface of {@code adbc-core}. */
package dev.tidegate.arrow.adbc;
