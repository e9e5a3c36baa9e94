package dev.tidegate.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
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
