/**
 * The TDS front: accepts connections, logs them in, and answers their requests from a {@link dev.tidegate.server.backend.Backend}.
 *
 * <p>A connection has two threads. Its <em>reader</em>, a virtual thread, takes messages from the socket and is always free to notice
 * an attention or the end of the connection. Its requests run on a <em>worker</em>, a platform thread: a query may compute for long
 * without blocking, and a few such queries on virtual threads would keep every other connection's reader from running.
 */
package dev.tidegate.server.front;
