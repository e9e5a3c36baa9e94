/**
 * java.sql and javax.sql on Tidegate's client: {@code jdbc:tidegate://host[:port][;name=value]…}.
 *
 * <p>Everything here is a thin face over {@link dev.tidegate.client}: no protocol knowledge, no thread, no static state.
 */
package dev.tidegate.jdbc;
