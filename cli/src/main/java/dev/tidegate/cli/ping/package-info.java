/** {@code tidegate ping}: the way to a server, step by step. */
package dev.tidegate.cli.ping;
