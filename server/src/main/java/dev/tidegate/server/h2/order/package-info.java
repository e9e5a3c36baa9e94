/** How H2 orders text in the server's databases. */
package dev.tidegate.server.h2.order;
