package dev.tidegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyMaterialTest {
    @TempDir
    Path directory;

    private Path write(String name, String label, byte[] content) throws IOException {
        return PemFiles.write(directory.resolve(name), label, content);
    }

    @Test
    void aSelfSignedCertificateIsSoundAndNamesTheHost() throws GeneralSecurityException {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        SelfSignedCertificate made = SelfSignedCertificate.create("db.example", now);
        X509Certificate certificate = made.certificate();

        certificate.verify(made.keys().getPublic());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isNotNegative();
        assertThat(certificate.getNotBefore().toInstant()).isBefore(now);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2027-06-01T12:00:00Z");
        assertThat(certificate.getSubjectAlternativeNames())
                .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(2, "db.example"));
    }

    @Test
    void aCertificateBeyond2049IsSoundToo() throws GeneralSecurityException {
        X509Certificate certificate = SelfSignedCertificate.create("127.0.0.1", Instant.parse("2049-12-31T00:00:00Z"))
                .certificate();
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2050-12-31T00:00:00Z");
    }

    @Test
    void readsWhatItCouldHaveWritten() throws Exception {
        PemFiles files = PemFiles.create(directory);

        assertThatCode(() -> KeyMaterial.fromPem(files.certificate(), files.privateKey())
                        .context())
                .doesNotThrowAnyException();
    }

    @Test
    void readsAnRsaKeyAndFindsThatItIsNotTheCertificates() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Path rsa = write(
                "rsa.pem",
                "PRIVATE KEY",
                generator.generateKeyPair().getPrivate().getEncoded());
        Path certificate = PemFiles.create(directory).certificate();

        assertThatThrownBy(() -> KeyMaterial.fromPem(certificate, rsa))
                .hasMessageContaining("the key in " + rsa + " is not that of the first certificate in " + certificate);
    }

    @Test
    void findsAKeyOfTheSameKindThatBelongsToAnotherCertificate() throws Exception {
        Path certificate = PemFiles.create(directory).certificate();
        Path other = write(
                "other.pem",
                "PRIVATE KEY",
                SelfSignedCertificate.create("localhost", Instant.now())
                        .keys()
                        .getPrivate()
                        .getEncoded());

        assertThatThrownBy(() -> KeyMaterial.fromPem(certificate, other)).hasMessageContaining("is not that of");
    }

    @Test
    void saysWhichFileIsWrongAndHowToPutItRight() throws Exception {
        PemFiles files = PemFiles.create(directory);
        Path certificate = files.certificate();
        Path key = files.privateKey();
        Path old = write("old.pem", "RSA PRIVATE KEY", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> KeyMaterial.fromPem(certificate, old))
                .hasMessageContaining("old.pem")
                .hasMessageContaining("openssl pkcs8");
        Path encrypted = write("encrypted.pem", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> KeyMaterial.fromPem(certificate, encrypted))
                .hasMessageContaining("encrypted.pem holds an encrypted key")
                .hasMessageContaining("openssl pkcs8 -in");
        assertThatThrownBy(() -> KeyMaterial.fromPem(key, key)).hasMessageContaining("key.pem");
        assertThatThrownBy(() -> KeyMaterial.fromPem(directory.resolve("none.pem"), key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
    }
}
