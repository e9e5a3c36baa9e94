package dev.tidegate.client.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides on the chain that the server shows. Of the extended kind, so that the JDK adds no checks of its own behind its back. */
abstract class ServerTrust extends X509ExtendedTrustManager {
    /** @throws CertificateException saying what is wrong and which property helps */
    abstract void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException;

    /** Any certificate; what {@code trustServerCertificate=true} asks for. */
    static final class Anything extends ServerTrust {
        @Override
        void check(X509Certificate[] chain, String authType, SSLEngine engine) {}
    }

    /** Exactly one certificate; what {@code serverCertificate} asks for. */
    static final class Pinned extends ServerTrust {
        private final X509Certificate expected;
        private final String file;

        Pinned(X509Certificate expected, String file) {
            this.expected = expected;
            this.file = file;
        }

        @Override
        void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
            if (!expected.equals(chain[0])) {
                throw new CertificateException("the server's certificate (" + chain[0].getSubjectX500Principal()
                        + ", serial " + chain[0].getSerialNumber().toString(16)
                        + ") is not the one in serverCertificate file "
                        + file);
            }
        }
    }

    /** A valid chain to a known authority, for the right host. */
    static final class Chain extends ServerTrust {
        private final X509ExtendedTrustManager authorities;
        private final String host;

        Chain(X509ExtendedTrustManager authorities, String host) {
            this.authorities = authorities;
            this.host = host;
        }

        @Override
        void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
            try {
                authorities.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                throw new CertificateException(
                        "the server's certificate (" + chain[0].getSubjectX500Principal() + ") is not trusted: "
                                + e.getMessage()
                                + "; name its authority with trustStore, or the certificate itself with"
                                + " serverCertificate",
                        e);
            }
            HostNames.check(chain[0], host);
        }
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, engine);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("certificates are checked for engines only");
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("certificates are checked for engines only");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
