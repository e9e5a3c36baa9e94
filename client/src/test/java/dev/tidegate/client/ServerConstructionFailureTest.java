package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import dev.tidegate.server.Tls;
import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each step of the embedded server's start fails: the error says which, and no socket, thread, open file or database is left. */
@Timeout(60)
class ServerConstructionFailureTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind();

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void aPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> server().port(port).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(port));
            assertThatThrownBy(() -> server().port(port)
                            .directory(folder.resolve("data"))
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
        invariant.check();
        // Its files are free again.
        server().directory(folder.resolve("data")).start().close();
    }

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void anAddressThatIsNotOfThisComputer() {
        assertThatThrownBy(() -> server().host("192.0.2.1").start()).isInstanceOf(IOException.class);
        invariant.check();
    }

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void aCertificateThatIsNone() throws Exception {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> server().tls(Tls.certificate(missing, missing)).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        assertThatThrownBy(() -> server().tls(Tls.certificate(garbage, garbage)).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate");
        TestCertificate own = TestCertificate.make(folder, "CN=localhost", List.of("dns:localhost"));
        assertThatThrownBy(
                        () -> server().tls(Tls.certificate(own.pem(), garbage)).start())
                .isInstanceOf(IOException.class);
        invariant.check();
    }

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void aDirectoryThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> server().directory(file).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
        invariant.check();
    }

    /** The databases before it have been opened by then. */
    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void aDatabaseThatIsDamaged() throws Exception {
        Path data = folder.resolve("data");
        server().directory(data).start().close();
        Path last;
        try (Stream<Path> files = Files.list(data)) {
            last = files.filter(path -> path.getFileName().toString().contains("second"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] sound = Files.readAllBytes(last);
        Files.write(last, new byte[8_192]);
        assertThatThrownBy(() -> server().directory(data).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(last.toString());
        invariant.check();
        Files.write(last, sound);
        server().directory(data).start().close();
    }

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void aBackendIsClosedOnceAndWhatThatThrowsHidesNothing() throws Exception {
        AtomicInteger closes = new AtomicInteger();
        Backend backend = new Backend() {
            @Override
            public BackendSession open(SessionOptions options) {
                throw new AssertionError("nobody connects");
            }

            @Override
            public void close() {
                closes.incrementAndGet();
                throw new IllegalStateException("the backend's own");
            }
        };
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedSqlServerBuilder builder = EmbeddedSqlServer.builder()
                    .login("sa", "Secret-1")
                    .port(taken.getLocalPort())
                    .backend(backend);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .satisfies(hidden -> assertThat(hidden).hasMessage("the backend's own")));
        }
        assertThat(closes).hasValue(1);
        invariant.check();
    }

    @Guarantee(value = "G34", surface = Surface.S)
    @Test
    void noLogin() {
        assertThatThrownBy(() -> EmbeddedSqlServer.builder()
                        .directory(folder.resolve("data"))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("login");
        assertThat(folder.resolve("data")).doesNotExist();
        invariant.check();
    }

    private static EmbeddedSqlServerBuilder server() {
        return EmbeddedSqlServer.builder().database("first").database("second").login("sa", "Secret-1");
    }
}
