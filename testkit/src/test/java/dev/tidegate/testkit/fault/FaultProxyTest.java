package dev.tidegate.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.fault.FaultProxy.Admission;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultProxyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final FaultProxyExtension proxies = new FaultProxyExtension();

    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private ServerSocket server;

    @BeforeEach
    void startServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    accepted.add(server.accept());
                }
            } catch (IOException closed) {
                // the test has ended
            }
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    /** Both ends of a connection through the proxy. */
    private record Ends(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private Ends connect(FaultProxy proxy) throws IOException, InterruptedException {
        Socket client = new Socket("127.0.0.1", proxy.port());
        Socket end = accepted.poll(20, TimeUnit.SECONDS);
        client.setSoTimeout(20_000);
        end.setSoTimeout(20_000);
        return new Ends(client, end);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void whatIsSentArrivesAndIsCounted() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        try (Ends ends = connect(proxy)) {
            ends.client().getOutputStream().write(bytes(100_000));
            assertThat(ends.server().getInputStream().readNBytes(100_000)).isEqualTo(bytes(100_000));
            ends.server().getOutputStream().write(bytes(7));
            assertThat(ends.client().getInputStream().readNBytes(7)).isEqualTo(bytes(7));

            ProxiedConnection connection = proxy.awaitConnection(1, SOON);
            connection.awaitPassed(Flow.TO_SERVER, 100_000, SOON);
            connection.awaitPassed(Flow.TO_CLIENT, 7, SOON);
            assertThat(connection.passed(Flow.TO_CLIENT)).isEqualTo(7);
            ends.client().shutdownOutput();
            assertThat(ends.server().getInputStream().read()).isEqualTo(-1);
            ends.server().close();
            assertThat(ends.client().getInputStream().read()).isEqualTo(-1);
            connection.awaitEnded(SOON);
        }
    }

    @Test
    void whatHasArrivedIsCounted() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        try (Ends ends = connect(proxy)) {
            ProxiedConnection connection = proxy.awaitConnection(1, SOON);
            for (int i = 1; i <= 3_000; i++) {
                ends.server().getOutputStream().write(i);
                assertThat(ends.client().getInputStream().read()).isEqualTo(i & 0xFF);
                assertThat(connection.passed(Flow.TO_CLIENT)).isEqualTo(i);
            }
        }
    }

    @Test
    void aCutComesAfterExactlyItsBytes() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        for (int after : new int[] {0, 1, 17, 20_000}) {
            int number = proxy.connections().size() + 1;
            proxy.onConnection(number, Fault.cut(Flow.TO_CLIENT, after, Ending.FIN));
            try (Ends ends = connect(proxy)) {
                ends.server().getOutputStream().write(bytes(after + 100));
                assertThat(ends.client().getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(bytes(after), after));
                assertThat(ends.server().getInputStream().read())
                        .as("the server is told too")
                        .isEqualTo(-1);
                assertThat(proxy.awaitConnection(number, SOON).passed(Flow.TO_CLIENT))
                        .isEqualTo(after);
            }
        }
    }

    @Test
    void aResetFailsBothEnds() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort()).onOthers(Fault.cut(Flow.TO_SERVER, 5, Ending.RESET));
        try (Ends ends = connect(proxy)) {
            ends.client().getOutputStream().write(bytes(50));
            assertThatThrownBy(() -> ends.client().getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> {
                        InputStream in = ends.server().getInputStream();
                        while (in.read() >= 0) {
                            // what has arrived before the reset may still be read
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aStalledFlowWaitsForItsReleaseAndTheOtherGoesOn() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort()).onConnection(1, Fault.stall(Flow.TO_CLIENT, 3));
        try (Ends ends = connect(proxy)) {
            ends.server().getOutputStream().write(bytes(10));
            assertThat(ends.client().getInputStream().readNBytes(3)).isEqualTo(bytes(3));
            ProxiedConnection connection = proxy.awaitConnection(1, SOON);
            connection.awaitStalled(Flow.TO_CLIENT, SOON);
            ends.client().getOutputStream().write(9);
            assertThat(ends.server().getInputStream().read()).isEqualTo(9);
            assertThat(connection.passed(Flow.TO_CLIENT)).isEqualTo(3);

            connection.release();
            assertThat(ends.client().getInputStream().readNBytes(7)).isEqualTo(Arrays.copyOfRange(bytes(10), 3, 10));
        }
    }

    @Test
    void aStallHoldsTheBytesThatTheProxyIsWaitingFor() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        try (Ends ends = connect(proxy)) {
            ends.server().getOutputStream().write(bytes(3));
            assertThat(ends.client().getInputStream().readNBytes(3)).isEqualTo(bytes(3));
            ProxiedConnection connection = proxy.awaitConnection(1, SOON);
            connection.stall(Flow.TO_CLIENT);
            ends.server().getOutputStream().write(9);
            connection.awaitStalled(Flow.TO_CLIENT, SOON);
            assertThat(connection.passed(Flow.TO_CLIENT)).isEqualTo(3);

            connection.release();
            assertThat(ends.client().getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void aByteIsCorruptedAndNoOther() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort())
                .onOthers(
                        Fault.corrupt(Flow.TO_SERVER, 0, 1),
                        Fault.corrupt(Flow.TO_SERVER, 99, 0xFF),
                        Fault.cut(Flow.TO_SERVER, 100, Ending.FIN));
        try (Ends ends = connect(proxy)) {
            ends.client().getOutputStream().write(bytes(120));
            byte[] expected = bytes(100);
            expected[0] ^= 1;
            expected[99] ^= (byte) 0xFF;
            assertThat(ends.server().getInputStream().readAllBytes()).isEqualTo(expected);
        }
    }

    @Test
    void aHalfClosedConnectionStillAnswers() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort()).onOthers(Fault.halfClose(Flow.TO_SERVER, 2));
        try (Ends ends = connect(proxy)) {
            ends.client().getOutputStream().write(bytes(8));
            assertThat(ends.server().getInputStream().readAllBytes()).isEqualTo(bytes(2));
            ends.server().getOutputStream().write(bytes(4));
            assertThat(ends.client().getInputStream().readNBytes(4)).isEqualTo(bytes(4));
        }
    }

    @Test
    void aThrottledFlowArrivesWholeInPieces() throws Exception {
        FaultProxy proxy =
                proxies.to(server.getLocalPort()).onOthers(Fault.throttle(Flow.TO_CLIENT, 10, 1, Duration.ofMillis(1)));
        try (Ends ends = connect(proxy)) {
            ends.server().getOutputStream().write(bytes(60));
            assertThat(ends.client().getInputStream().readNBytes(60)).isEqualTo(bytes(60));
        }
    }

    @Test
    void everyConnectionHasItsOwnFaults() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort())
                .onConnection(2, Fault.cut(Flow.TO_CLIENT, 0, Ending.FIN))
                .onOthers(Fault.cut(Flow.TO_CLIENT, 1, Ending.FIN));
        int[] expected = {1, 0, 1};
        for (int wanted : expected) {
            try (Ends ends = connect(proxy)) {
                ends.server().getOutputStream().write(5);
                assertThat(ends.client().getInputStream().readAllBytes()).hasSize(wanted);
            }
        }
        proxy.healed();
        try (Ends ends = connect(proxy)) {
            ends.server().getOutputStream().write(bytes(3));
            assertThat(ends.client().getInputStream().readNBytes(3)).isEqualTo(bytes(3));
        }
    }

    @Test
    void newConnectionsAreRefusedOrLeftWithoutAnAnswer() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        proxy.admit(Admission.REFUSE);
        assertThatThrownBy(() -> new Socket("127.0.0.1", proxy.port()).close()).isInstanceOf(ConnectException.class);

        proxy.admit(Admission.MUTE);
        try (Socket client = new Socket("127.0.0.1", proxy.port())) {
            client.getOutputStream().write(1);
            client.setSoTimeout(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            // What is accepted later counts as a connection to come.
            proxy.awaitConnection(1, SOON);
        }

        proxy.admit(Admission.PASS);
        try (Ends ends = connect(proxy)) {
            ends.client().getOutputStream().write(3);
            assertThat(ends.server().getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void aRestartResetsWhatIsOpenAndKeepsThePort() throws Exception {
        FaultProxy proxy = proxies.to(server.getLocalPort());
        int port = proxy.port();
        try (Ends before = connect(proxy)) {
            proxy.restart();
            assertThatThrownBy(() -> before.client().getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.port()).isEqualTo(port);
        try (Ends after = connect(proxy)) {
            after.client().getOutputStream().write(3);
            assertThat(after.server().getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void withoutAServerTheClientIsReset() throws Exception {
        try (Socket reserved = new Socket()) {
            // A port that nobody listens on, and that nobody else can be given meanwhile, as one that was closed can.
            reserved.bind(new InetSocketAddress("127.0.0.1", 0));
            FaultProxy proxy = proxies.to(reserved.getLocalPort());
            try (Socket client = new Socket("127.0.0.1", proxy.port())) {
                client.setSoTimeout(20_000);
                assertThatThrownBy(() -> {
                            client.getOutputStream().write(1);
                            if (client.getInputStream().read() < 0) {
                                throw new SocketException("closed");
                            }
                        })
                        .isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void closingEndsStalledAndBlockedFlows() throws Exception {
        FaultProxy proxy = FaultProxy.to(server.getLocalPort()).onOthers(Fault.stall(Flow.TO_CLIENT, 0));
        try (Ends ends = connect(proxy)) {
            proxy.awaitConnection(1, SOON).awaitStalled(Flow.TO_CLIENT, SOON);
            proxy.close();
            proxy.close();
            assertThatThrownBy(() -> ends.client().getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(proxy.connections().get(0).isEnded()).isTrue();
            assertThatThrownBy(() -> proxy.admit(Admission.PASS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Fault.stall(Flow.TO_CLIENT, -1)).hasMessageContaining("not -1");
        assertThatThrownBy(() -> Fault.corrupt(Flow.TO_CLIENT, 0, 0)).hasMessageContaining("1 to 255");
        assertThatThrownBy(() -> Fault.throttle(Flow.TO_CLIENT, 0, 0, Duration.ZERO))
                .hasMessageContaining("one byte");
    }
}
