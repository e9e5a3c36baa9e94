package dev.tidegate.client;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

/** Writes key stores that hold nothing but an authority. */
final class TrustStores {
    private TrustStores() {}

    static Path write(Path file, TestCertificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, authority.password());
        }
        return file;
    }
}
