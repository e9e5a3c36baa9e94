/** From nothing to a session: finding the server, PRELOGIN, TLS, LOGIN7, and following where the server sends us. */
package dev.tidegate.client.login;
