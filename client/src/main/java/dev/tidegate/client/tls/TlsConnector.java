package dev.tidegate.client.tls;

import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.ByteTransport;
import dev.tidegate.client.transport.Deadline;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Puts TLS on a connection, in the manner of TDS 7 or of TDS 8. */
public final class TlsConnector {
    /** What a TDS 8.0 client asks for by ALPN. */
    public static final String ALPN = "tds/8.0";

    private final ConnectionSettings settings;
    private final String host;
    private final int port;

    /** @param host the host that the certificate must be for, unless the settings name another */
    public TlsConnector(ConnectionSettings settings, String host, int port) {
        this.settings = settings;
        this.host = host;
        this.port = port;
    }

    /** TLS first, TDS inside ({@code encrypt=strict}). */
    public TlsTransport strict(ByteTransport below, Deadline deadline) throws IOException {
        SSLEngine engine = engine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {ALPN});
        engine.setSSLParameters(parameters);
        TlsTransport tls = new TlsTransport(below, engine);
        tls.handshake(deadline);
        if (!tls.applicationProtocol().isEmpty() && !tls.applicationProtocol().equals(ALPN)) {
            throw new SSLException("the server wants to speak '" + tls.applicationProtocol() + "' instead of " + ALPN);
        }
        return tls;
    }

    /**
     * The handshake inside PRELOGIN packets, everything after it bare. TLS 1.2 only: TLS 1.3 sends more after its handshake, for which
     * TDS 7 has no place.
     */
    public TlsTransport withinPrelogin(ByteTransport below, Deadline deadline) throws IOException {
        SSLEngine engine = engine();
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        PreloginFrames frames = new PreloginFrames(below);
        TlsTransport tls = new TlsTransport(frames, engine);
        tls.handshake(deadline);
        frames.finish(deadline);
        return tls;
    }

    private SSLEngine engine() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustRules(settings).forHost(host)}, null);
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
