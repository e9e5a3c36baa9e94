package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A self-signed certificate made at test time with the JDK's keytool, and its key. */
public final class TestCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore store;

    private TestCertificate(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * @param folder an empty one
     * @param names subject alternative names such as {@code dns:localhost} and {@code ip:127.0.0.1}; may be empty
     */
    public static TestCertificate make(Path folder, String subject, List<String> names) throws Exception {
        Path file = folder.resolve("key.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit"));
        if (!names.isEmpty()) {
            command.addAll(List.of("-ext", "san=" + String.join(",", names)));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new TestCertificate(folder, store);
    }

    public X509Certificate certificate() throws Exception {
        return (X509Certificate) store.getCertificate("key");
    }

    public KeyStore store() {
        return store;
    }

    public char[] password() {
        return PASSWORD.clone();
    }

    /** The PKCS #12 file. */
    public Path storeFile() {
        return folder.resolve("key.p12");
    }

    public Path pem() throws Exception {
        return write("certificate.pem", "CERTIFICATE", certificate().getEncoded());
    }

    public Path der() throws Exception {
        return Files.write(folder.resolve("certificate.der"), certificate().getEncoded());
    }

    public Path keyPem() throws Exception {
        return write("key.pem", "PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded());
    }

    private Path write(String name, String kind, byte[] bytes) throws Exception {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }
}
