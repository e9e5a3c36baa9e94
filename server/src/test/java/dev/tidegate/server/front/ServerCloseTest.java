package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ServerCloseTest extends FrontTest {
    @Test
    void endsWhatRunsThenClosesTheBackendOnce() throws Exception {
        start();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RawClient client = RawClient.loggedIn(server.port());
            client.sendBatch(i % 3 == 0 ? "hang" : i % 3 == 1 ? "endless" : "update", 0);
            clients.add(client);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> closes = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                closes.add(threads.submit(server::close));
            }
            for (Future<?> close : closes) {
                close.get();
            }
        }
        assertThat(backend.closes.get()).isEqualTo(1);
        assertThat(backend.sessions).hasSize(12).allMatch(session -> session.closed.getCount() == 0);
        assertThat(server.connections()).isZero();
        for (RawClient client : clients) {
            client.close();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close()).isInstanceOf(ConnectException.class);
    }

    @RepeatedTest(20)
    void closesWhileClientsComeAndGo() throws Exception {
        start();
        int port = server.port();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(threads.submit(() -> useUntilClosed(port)));
            }
            while (backend.sessions.size() < 20) {
                Thread.onSpinWait();
            }
            server.close();
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(backend.sessions).allMatch(session -> session.closed.getCount() == 0);
        assertThat(server.connections()).isZero();
    }

    private static void useUntilClosed(int port) {
        while (true) {
            try (RawClient client = RawClient.loggedIn(port)) {
                client.batch("rows 10");
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void killsOneSessionAndNoOther() throws Exception {
        start();
        try (RawClient victim = RawClient.loggedIn(server.port())) {
            ScriptedSession killed = backend.last();
            victim.sendBatch("hang", 0);
            assertThat(killed.hanging.await(20, TimeUnit.SECONDS)).isTrue();
            try (RawClient other = RawClient.loggedIn(server.port())) {
                assertThat(server.kill(killed.options.sessionId())).isTrue();
                assertThat(killed.closed.await(20, TimeUnit.SECONDS)).isTrue();
                assertThatThrownBy(victim::reply).isInstanceOf(IOException.class);
                assertThat(other.batch("update").dones()).hasSize(1);
                while (server.connections() > 1) {
                    Thread.onSpinWait();
                }
                assertThat(server.kill(killed.options.sessionId())).isFalse();
            }
        }
    }

    @Test
    void aStartThatFailsClosesTheBackend() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedSqlServer.builder()
                            .port(taken.getLocalPort())
                            .login("sa", "x")
                            .backend(backend)
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(backend.closes.get()).isEqualTo(1);
    }

    @Test
    void saysWhatIsMissingOrTooMuch() {
        assertThatThrownBy(() -> EmbeddedSqlServer.builder().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no login");
        assertThatThrownBy(() -> EmbeddedSqlServer.builder()
                        .login("sa", "x")
                        .backend(backend)
                        .directory(Path.of("data"))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("directory");
    }
}
