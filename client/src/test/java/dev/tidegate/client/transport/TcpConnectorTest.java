package dev.tidegate.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TcpConnectorTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesTheFirstAddressThatAnswers(boolean together) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            List<InetAddress> addresses = List.of(address("127.0.0.2"), address("127.0.0.1"));
            try (TcpTransport transport =
                            new TcpConnector("db", server.getLocalPort()).connect(addresses, together, limit(20_000));
                    Socket accepted = server.accept()) {
                transport.write(ByteBuffer.wrap(new byte[] {42}), limit(20_000));
                assertThat(accepted.getInputStream().read()).isEqualTo(42);
            }
        }
    }

    @Test
    void everyAddressThatFailedIsNamed() throws Exception {
        int port = freePort();
        assertThatThrownBy(() -> new TcpConnector("db", port)
                        .connect(List.of(address("127.0.0.2"), address("127.0.0.1")), false, limit(20_000)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("db:" + port)
                .hasMessageContaining("127.0.0.2 says")
                .hasMessageContaining("127.0.0.1 says");
    }

    @Test
    void readsAndWritesEndAtTheirLimit() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                TcpTransport transport = new TcpConnector("db", server.getLocalPort())
                        .connect(List.of(address("127.0.0.1")), false, limit(20_000));
                Socket accepted = server.accept()) {
            assertThat(accepted.isConnected()).isTrue();
            assertThatThrownBy(() -> transport.read(ByteBuffer.allocate(10), limit(50)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessage("test of 0.05 s is over");
            // Nobody reads at the other end, so the buffers between fill up.
            ByteBuffer much = ByteBuffer.allocate(64 * 1024 * 1024);
            assertThatThrownBy(() -> transport.write(much, limit(50))).isInstanceOf(DeadlineException.class);
        }
    }

    @Test
    void closeEndsAReadOfAnotherThread() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            TcpTransport transport = new TcpConnector("db", server.getLocalPort())
                    .connect(List.of(address("127.0.0.1")), false, limit(20_000));
            Thread closer = new Thread(transport::close);
            closer.start();
            assertThatThrownBy(() -> transport.read(ByteBuffer.allocate(10), Deadline.never()))
                    .isInstanceOf(ClosedChannelException.class);
            closer.join();
        }
    }

    @Test
    void wakingLetsAWriterAskItsPatienceAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                TcpTransport transport = new TcpConnector("db", server.getLocalPort())
                        .connect(List.of(address("127.0.0.1")), false, limit(20_000));
                Socket accepted = server.accept()) {
            assertThat(accepted.isConnected()).isTrue();
            Shortened patience = new Shortened();
            Thread other = new Thread(() -> {
                patience.shorten();
                transport.wake();
            });
            other.start();
            // Nobody reads at the other end, so the buffers between fill up.
            assertThatThrownBy(() -> transport.write(ByteBuffer.allocate(64 * 1024 * 1024), patience))
                    .isInstanceOf(DeadlineException.class);
            other.join();
        }
    }

    /** Has no limit at first; another thread gives it one once the writer has begun to wait. */
    private static final class Shortened implements Patience {
        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile boolean over;

        void shorten() {
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            over = true;
        }

        @Override
        public long remainingNanos() {
            asked.countDown();
            return over ? 0 : Long.MAX_VALUE;
        }

        @Override
        public void expired() throws DeadlineException {
            throw new DeadlineException("no longer");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressThatDoesNotAnswerIsATimeOut(boolean together) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> waiting = new ArrayList<>();
            try {
                fillBacklog(server.getLocalPort(), waiting);
                assertThatThrownBy(() -> new TcpConnector("db", server.getLocalPort())
                                .connect(List.of(address("127.0.0.1")), together, limit(50)))
                        .isInstanceOf(DeadlineException.class)
                        .hasMessageContaining("test of 0.05 s is over")
                        .hasMessageContaining("127.0.0.1 did not answer in time");
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    /** Until the system takes no more connections that nobody accepts. */
    private static void fillBacklog(int port, List<Socket> waiting) throws IOException {
        for (boolean taken = true; taken; ) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            } catch (SocketTimeoutException e) {
                taken = false;
            }
        }
    }

    private static InetAddress address(String text) throws IOException {
        return InetAddress.getByName(text);
    }

    private static Deadline limit(int milliseconds) {
        return Deadline.after(Duration.ofMillis(milliseconds), "test");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
