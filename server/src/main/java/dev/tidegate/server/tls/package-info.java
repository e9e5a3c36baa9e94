/** The server's certificate and key: from PEM files, or made for the occasion. */
package dev.tidegate.server.tls;
