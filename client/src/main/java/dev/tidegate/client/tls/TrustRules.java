package dev.tidegate.client.tls;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.Encrypt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which certificates the settings accept. */
final class TrustRules {
    private final ConnectionSettings settings;

    TrustRules(ConnectionSettings settings) {
        this.settings = settings;
    }

    /**
     * With {@code encrypt=false} the user has accepted an open connection, and a certificate is checked only if one was named: TLS for
     * the login alone then still keeps the password from those who only listen.
     *
     * @param host the host connected to
     */
    ServerTrust forHost(String host) throws IOException, GeneralSecurityException {
        String pinned = settings.get(ConnectionProperty.SERVER_CERTIFICATE);
        if (pinned != null) {
            return new ServerTrust.Pinned(readCertificate(pinned), pinned);
        }
        boolean named = settings.isGiven(ConnectionProperty.TRUST_STORE)
                || settings.isGiven(ConnectionProperty.HOST_NAME_IN_CERTIFICATE);
        if (settings.flag(ConnectionProperty.TRUST_SERVER_CERTIFICATE)
                || (settings.encrypt() == Encrypt.FALSE && !named)) {
            return new ServerTrust.Anything();
        }
        String expected = settings.get(ConnectionProperty.HOST_NAME_IN_CERTIFICATE);
        return new ServerTrust.Chain(authorities(), expected == null ? host : expected);
    }

    private X509ExtendedTrustManager authorities() throws IOException, GeneralSecurityException {
        String file = settings.get(ConnectionProperty.TRUST_STORE);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(file == null ? null : readStore(file));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for X.509");
    }

    private KeyStore readStore(String file) throws IOException, GeneralSecurityException {
        String type = settings.get(ConnectionProperty.TRUST_STORE_TYPE);
        KeyStore store = KeyStore.getInstance(type.equals("PEM") ? "PKCS12" : type);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            if (!type.equals("PEM")) {
                String password = settings.get(ConnectionProperty.TRUST_STORE_PASSWORD);
                store.load(in, password == null ? null : password.toCharArray());
                return store;
            }
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            return store;
        } catch (IOException e) {
            throw new IOException("cannot read trustStore " + file + " as " + type + ": " + e.getMessage(), e);
        }
    }

    private static X509Certificate readCertificate(String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new IOException("cannot read serverCertificate " + file + ": " + e.getMessage(), e);
        }
    }
}
