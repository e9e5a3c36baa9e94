/** {@code tidegate copy}: two ends that DuckDB connects, all rows or none. */
package dev.tidegate.cli.copy;
