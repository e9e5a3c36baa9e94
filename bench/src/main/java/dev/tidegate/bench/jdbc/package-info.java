/** Small requests by JDBC, as programs send them: points, pages and inserts, from one thread and from many. */
package dev.tidegate.bench.jdbc;
