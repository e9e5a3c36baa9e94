package dev.tidegate.server.front;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.login.Logins;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * What a listener needs to know.
 *
 * @param defaultDatabase of logins that name none
 * @param tls null if the server cannot encrypt
 * @param tlsRequired whether clients that would send anything in the clear are refused
 * @param loginBytes that a client may send until it is logged in
 * @param requestBytes that one request may have
 * @param maxConnections that may be logged in
 * @param idleTime after which a connection without a request is closed; zero for never
 * @param loginTime that a client has to log in
 */
public record FrontSettings(
        String host,
        int port,
        String defaultDatabase,
        Logins logins,
        SSLContext tls,
        boolean tlsRequired,
        int loginBytes,
        long requestBytes,
        int maxConnections,
        Duration idleTime,
        Duration loginTime,
        Backend backend) {}
