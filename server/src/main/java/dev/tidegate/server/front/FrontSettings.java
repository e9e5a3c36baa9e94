package dev.tidegate.server.front;

import dev.tidegate.server.Limits;
import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.login.Logins;
import javax.net.ssl.SSLContext;

/**
 * What a listener needs to know.
 *
 * @param defaultDatabase of logins that name none
 * @param tls null if the server cannot encrypt
 * @param tlsRequired whether clients that would send anything in the clear are refused
 */
public record FrontSettings(
        String host,
        int port,
        String defaultDatabase,
        Logins logins,
        SSLContext tls,
        boolean tlsRequired,
        Limits limits,
        Backend backend) {}
