/** How long it takes to stop: Tidegate's driver against mssql-jdbc. */
package dev.tidegate.bench.close;
