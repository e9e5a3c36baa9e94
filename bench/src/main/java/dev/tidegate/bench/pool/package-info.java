/** Tidegate's pool against HikariCP. */
package dev.tidegate.bench.pool;
