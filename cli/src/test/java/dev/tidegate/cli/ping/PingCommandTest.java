package dev.tidegate.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.cli.Pem;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a connection can fail: the step that failed, the reason, and the remedy. */
@Timeout(120)
class PingCommandTest {
    private static final String PASSWORD = "not-to-be-seen";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void showsNoPassword() {
        assertThat(out.toString() + err).doesNotContain(PASSWORD);
    }

    @Test
    void goesThroughAllSteps() throws IOException {
        try (EmbeddedSqlServer server = server(Tls.selfSigned())) {
            assertThat(ping(server.port(), "shop?trustServerCertificate=true")).isZero();
        }
        assertThat(out.toString().lines().filter(line -> line.startsWith("ok")))
                .extracting(line -> line.split("\\s+")[1])
                .containsExactly("address", "tcp", "prelogin", "tls", "login", "query");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void hostThatNobodyKnows() {
        assertThat(run("mssql://sa:" + PASSWORD + "@no-such-host.invalid/shop")).isEqualTo(ExitCode.FAILED);
        failed("address", "host 'no-such-host.invalid' is not known", "check its spelling");
    }

    @Test
    void portThatNobodyListensAt() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(ping(port, "shop")).isEqualTo(ExitCode.FAILED);
        failed("tcp", "cannot connect to 127.0.0.1:" + port, "Check that the server runs");
    }

    @Test
    void serverThatSaysNothing() throws IOException {
        // The system accepts the connection; nobody takes it.
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(ping(silent.getLocalPort(), "shop?loginTimeout=1")).isEqualTo(ExitCode.FAILED);
        }
        failed("prelogin", "loginTimeout of 1.0 s is over", "the port is open, but what listens there does not answer");
    }

    @Test
    void serverOfAnotherKind() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> {
                try (Socket client = web.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The other side has seen enough.
                }
            });
            assertThat(ping(web.getLocalPort(), "shop")).isEqualTo(ExitCode.FAILED);
            answering.join();
        }
        failed("prelogin", "does not speak TDS", "check that the port is a SQL Server's");
    }

    @Test
    void certificateThatNobodyHasSigned() throws IOException {
        try (EmbeddedSqlServer server = server(Tls.selfSigned())) {
            assertThat(ping(server.port(), "shop")).isEqualTo(ExitCode.FAILED);
        }
        failed("tls", "is not trusted", "trustStore", "serverCertificate", "trustServerCertificate=true");
        assertThat(err.toString()).startsWith("tidegate: the server's certificate");
    }

    @Test
    void certificateOfAnotherName() throws Exception {
        Pem files = Pem.make(directory, "dns:db.example");
        String trust = "shop?trustStore=" + files.trustStore() + "&trustStorePassword=" + Pem.STORE_PASSWORD;
        try (EmbeddedSqlServer server = server(Tls.certificate(files.certificate(), files.key()))) {
            assertThat(ping(server.port(), trust)).isEqualTo(ExitCode.FAILED);
            failed("tls", "db.example", "127.0.0.1", "hostNameInCertificate");
            assertThat(ping(server.port(), trust + "&hostNameInCertificate=db.example")).isZero();
        }
    }

    @Test
    void serverWithoutEncryption() throws IOException {
        try (EmbeddedSqlServer server = server(Tls.none())) {
            assertThat(ping(server.port(), "shop")).isEqualTo(ExitCode.FAILED);
        }
        failed("login", "encrypt");
    }

    @Test
    void wrongPasswordAndUnknownUser() throws IOException {
        try (EmbeddedSqlServer server = server(Tls.none())) {
            for (String login : new String[] {"sa:wrong", "nobody:" + PASSWORD}) {
                assertThat(run("mssql://" + login + "@127.0.0.1:" + server.port() + "/shop?encrypt=false"))
                        .isEqualTo(ExitCode.FAILED);
                failed("login", "error 18456", "check the user in the URL and the password", "--password-file");
            }
        }
    }

    @Test
    void databaseThatIsNotThere() throws IOException {
        try (EmbeddedSqlServer server = server(Tls.none())) {
            assertThat(ping(server.port(), "nowhere?encrypt=false")).isEqualTo(ExitCode.FAILED);
        }
        failed("login", "error 4060", "\"nowhere\"", "check the database's name");
    }

    private void failed(String step, String... said) {
        assertThat(out.toString().lines().filter(line -> line.startsWith("FAILED")))
                .last()
                .asString()
                .matches("FAILED\\s+" + step + "\\s.*");
        assertThat(err.toString().lines()).last().asString().startsWith("tidegate: ").contains(said);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private static EmbeddedSqlServer server(Tls tls) throws IOException {
        return EmbeddedSqlServer.builder()
                .database("shop")
                .login("sa", PASSWORD)
                .tls(tls)
                .start();
    }

    private int ping(int port, String rest) {
        return run("mssql://sa:" + PASSWORD + "@127.0.0.1:" + port + "/" + rest);
    }

    private int run(String url) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "ping", url);
    }
}
