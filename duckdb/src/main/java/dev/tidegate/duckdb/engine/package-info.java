/**
 * The driver of {@code jdbc:tidegate:duckdb:}. Its packages, from below: {@code tx}, {@code scan}, {@code catalog}, {@code statement}, {@code
 * session}, {@code function}, {@code read} and {@code write}, {@code execution}, {@code face}.
 */
package dev.tidegate.duckdb.engine;
