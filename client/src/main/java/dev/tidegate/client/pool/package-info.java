/**
 * The pool: connections kept for one user after another, in a known state, with bounded and fair waiting. Its rules stand in {@code Pool}
 * and {@code Turnstile} and know nothing of SQL Server.
 */
package dev.tidegate.client.pool;
