package dev.tidegate.server.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;

/** A new certificate for localhost as files: what a server reads, and what a client trusts. */
public record PemFiles(Path certificate, Path privateKey, Path trustStore) {
    public static final String TRUST_STORE_PASSWORD = "changeit";

    public static PemFiles create(Path directory) throws IOException, GeneralSecurityException {
        SelfSignedCertificate made = SelfSignedCertificate.create("localhost", Instant.now());
        Path trustStore = directory.resolve("trust.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", made.certificate());
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            store.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
        return new PemFiles(
                write(
                        directory.resolve("cert.pem"),
                        "CERTIFICATE",
                        made.certificate().getEncoded()),
                write(
                        directory.resolve("key.pem"),
                        "PRIVATE KEY",
                        made.keys().getPrivate().getEncoded()),
                trustStore);
    }

    static Path write(Path file, String label, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
