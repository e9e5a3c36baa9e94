/** TLS with and around TDS: the layer itself, its way through PRELOGIN packets, and which certificates are accepted. */
package dev.tidegate.client.tls;
