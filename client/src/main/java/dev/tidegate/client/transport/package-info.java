/** Bytes to and from the server: sockets that never block without a limit, and the packets on top of them. */
package dev.tidegate.client.transport;
