package dev.tidegate.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.cli.Pem;
import dev.tidegate.cli.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --tls-cert --tls-key} as a process of its own: with files that are good, and with every kind that is not. */
@Timeout(180)
class ServeTlsTest {
    @TempDir
    private Path directory;

    private Pem files;

    @BeforeEach
    void makeFiles() throws Exception {
        files = Pem.make(directory.resolve("own"), "ip:127.0.0.1");
    }

    @Test
    void encryptsWithTheCertificateThatItIsGiven() throws Exception {
        try (Program server = start(files.certificate(), files.key())) {
            String ready = server.await(line -> line.startsWith("listening on "));
            String url = "mssql://sa:pw@127.0.0.1:" + ready.substring(ready.lastIndexOf(':') + 1) + "/master";
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            for (String encrypt : List.of("true", "strict")) {
                int code = Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        "ping",
                        url + "?encrypt=" + encrypt + "&trustStore=" + files.trustStore() + "&trustStorePassword="
                                + Pem.STORE_PASSWORD);
                assertThat(code).as(err.toString()).isZero();
            }
            assertThat(out.toString()).contains("certificate of CN=test, self-signed", "valid for 127.0.0.1");
            server.signal("TERM");
            assertThat(server.rest()).isEmpty();
            assertThat(server.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        Pem other = Pem.make(directory.resolve("other"), "ip:127.0.0.1");
        refused(files.certificate(), other.key(), "the key in " + other.key() + " is not that of the first certificate");
    }

    @Test
    void namesFilesThatAreNotThere() throws Exception {
        Path none = directory.resolve("none.pem");
        refused(none, files.key(), "no such file: " + none);
        refused(files.certificate(), none, "no such file: " + none);
    }

    @Test
    void namesAFileThatCannotBeRead() throws Exception {
        // Unlike a file without permissions, this is one for every user.
        Path loop = directory.resolve("loop.pem");
        Files.createSymbolicLink(loop, loop);
        refused(files.certificate(), loop, loop.toString());
        refused(loop, files.key(), loop.toString());
    }

    @Test
    void refusesAnEncryptedKeyAndFilesOfAnotherKind() throws Exception {
        Path encrypted = Pem.write(directory.resolve("locked.pem"), "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        refused(files.certificate(), encrypted, "locked.pem holds an encrypted key", "openssl pkcs8 -in");
        refused(files.key(), files.key(), "key.pem");
        refused(files.certificate(), files.certificate(), "cert.pem holds no unencrypted PKCS #8 key");
        try (Program server = start(directory, files.key())) {
            assertThat(server.rest()).containsExactly("tidegate: --tls-cert: " + directory + " is a directory");
            assertThat(server.exitCode()).isEqualTo(ExitCode.USAGE);
        }
    }

    private void refused(Path certificate, Path key, String... said) throws Exception {
        try (Program server = start(certificate, key)) {
            List<String> lines = server.rest();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst()).startsWith("tidegate: cannot serve: ").contains(said);
            assertThat(server.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    private Program start(Path certificate, Path key) throws Exception {
        return Program.start(
                directory.resolve("tmp"),
                "serve",
                "--port",
                "0",
                "--password",
                "pw",
                "--tls-cert",
                certificate.toString(),
                "--tls-key",
                key.toString());
    }
}
