package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the settings ask for against what servers offer: who encrypts, and which certificates are taken. */
@Timeout(120)
class EncryptionSettingsTest {
    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static EmbeddedSqlServer plain;
    private static EmbeddedSqlServer offering;
    private static EmbeddedSqlServer insisting;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder, "CN=tidegate", List.of("dns:db.example.com", "ip:127.0.0.1"));
        Tls tls = Tls.certificate(certificate.pem(), certificate.keyPem());
        plain = server(Tls.none());
        offering = server(tls);
        insisting = server(tls.required());
    }

    @AfterAll
    static void stop() {
        plain.close();
        offering.close();
        insisting.close();
    }

    @Test
    void withoutAskingOnlyTheLoginIsEncrypted() throws SQLException {
        assertEncrypted(settings(offering, "false"), false);
        assertEncrypted(settings(plain, "false"), false);
    }

    @Test
    void aServerThatInsistsGetsEverythingEncrypted() throws SQLException {
        assertEncrypted(settings(insisting, "false"), true);
    }

    @Test
    void whoAsksGetsEncryptionOrNoConnection() throws SQLException {
        assertEncrypted(trusting(settings(offering, "true")), true);
        assertEncrypted(trusting(settings(insisting, "true")), true);
        assertThatThrownBy(() -> open(trusting(settings(plain, "true"))))
                .hasMessageContaining("does not offer encryption")
                .hasMessageContaining("encrypt=false");
    }

    @Test
    void strictPutsTlsFirst() throws Exception {
        ConnectionSettings.Builder settings = settings(offering, "strict")
                .set(ConnectionProperty.SERVER_CERTIFICATE, certificate.pem().toString());
        assertEncrypted(settings, true);
        assertThatThrownBy(() -> open(settings(offering, "strict"))).hasMessageContaining("is not trusted");
    }

    @Test
    void aWrongPasswordIsRefusedInEveryManner() {
        for (String encrypt : List.of("true", "false")) {
            assertThatThrownBy(() -> open(trusting(settings(offering, encrypt)).login("sa", "wrong")))
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        }
    }

    @Test
    void aCertificateNobodyKnowsIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> open(settings(offering, "true")))
                .hasMessageContaining("CN=tidegate")
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("trustStore")
                .hasMessageContaining("TLS handshake at 127.0.0.1:" + offering.port());
    }

    @Test
    void trustStoresOfEveryFormatAreRead() throws Exception {
        assertEncrypted(
                settings(offering, "true")
                        .set(ConnectionProperty.TRUST_STORE, certificate.pem().toString())
                        .set(ConnectionProperty.TRUST_STORE_TYPE, "PEM"),
                true);
        Path store = TrustStores.write(folder.resolve("trust.p12"), certificate);
        for (String type : List.of("PKCS12", "JKS")) {
            assertEncrypted(
                    settings(offering, "true")
                            .set(ConnectionProperty.TRUST_STORE, store.toString())
                            .set(ConnectionProperty.TRUST_STORE_PASSWORD, new String(certificate.password()))
                            .set(ConnectionProperty.TRUST_STORE_TYPE, type),
                    true);
        }
        assertThatThrownBy(() -> open(settings(offering, "true")
                        .set(ConnectionProperty.TRUST_STORE, store.toString())
                        .set(ConnectionProperty.TRUST_STORE_PASSWORD, "guessed")))
                .hasMessageContaining("cannot read trustStore")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void theNameInTheCertificateMustBeTheHosts() throws Exception {
        ConnectionSettings.Builder trusted = settings(offering, "true")
                .set(ConnectionProperty.TRUST_STORE, certificate.pem().toString())
                .set(ConnectionProperty.TRUST_STORE_TYPE, "PEM");
        assertEncrypted(trusted.set(ConnectionProperty.HOST_NAME_IN_CERTIFICATE, "DB.example.com"), true);
        assertThatThrownBy(() -> open(trusted.set(ConnectionProperty.HOST_NAME_IN_CERTIFICATE, "other.example.com")))
                .hasMessageContaining("is for [db.example.com], not for 'other.example.com'")
                .hasMessageContaining("hostNameInCertificate");
        trusted.set(ConnectionProperty.HOST_NAME_IN_CERTIFICATE, null).host("localhost");
        assertThatThrownBy(() -> open(trusted)).hasMessageContaining("not for 'localhost'");
    }

    @Test
    void aPinnedCertificateIsTheOnlyOneTaken() throws Exception {
        for (Path file : List.of(certificate.pem(), certificate.der())) {
            assertEncrypted(
                    settings(offering, "true")
                            .host("localhost")
                            .set(ConnectionProperty.SERVER_CERTIFICATE, file.toString()),
                    true);
        }
        Path elsewhere = Files.createDirectory(folder.resolve("other"));
        Path other = TestCertificate.make(elsewhere, "CN=tidegate", List.of("ip:127.0.0.1"))
                .pem();
        assertThatThrownBy(() -> open(trusting(settings(offering, "true"))
                        .set(ConnectionProperty.SERVER_CERTIFICATE, other.toString())))
                .hasMessageContaining("is not the one in serverCertificate");
        assertThatThrownBy(() ->
                        open(settings(offering, "true").set(ConnectionProperty.SERVER_CERTIFICATE, "/no/such/file")))
                .hasMessageContaining("cannot read serverCertificate /no/such/file");
    }

    private static EmbeddedSqlServer server(Tls tls) throws IOException {
        return EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .tls(tls)
                .start();
    }

    private static ConnectionSettings.Builder settings(EmbeddedSqlServer server, String encrypt) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, encrypt);
    }

    private static ConnectionSettings.Builder trusting(ConnectionSettings.Builder settings) {
        return settings.set(ConnectionProperty.TRUST_SERVER_CERTIFICATE, "true");
    }

    private static TdsConnection open(ConnectionSettings.Builder settings) throws SQLException {
        return TdsConnection.open(settings.build());
    }

    private static void assertEncrypted(ConnectionSettings.Builder settings, boolean encrypted) throws SQLException {
        try (TdsConnection connection = open(settings)) {
            assertThat(connection.serverInfo().encrypted()).isEqualTo(encrypted);
            assertThat(connection.database()).isEqualTo("demo");
        }
    }
}
