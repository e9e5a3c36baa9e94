package dev.tidegate.client.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrowserLookupTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void readsThePortAndAsksAgainWhenAnAnswerIsLost() throws Exception {
        assertThat(ask(
                        "ServerName;DB;InstanceName;PROD;IsClustered;No;Version;16.0.1000.6;tcp;50123;np;\\\\DB\\pipe;;",
                        1))
                .isEqualTo(50_123);
    }

    @Test
    void anInstanceWithoutTcpIsNamed() {
        assertThatThrownBy(() -> ask("ServerName;DB;InstanceName;PROD;np;\\\\DB\\pipe;;", 0))
                .hasMessageContaining("instance 'prod' of db does not listen on TCP");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ask("InstanceName;PROD;tcp;99999;;", 0)).hasMessageContaining("says port '99999'");
    }

    @Test
    void silenceNamesHostAndInstance() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK)) {
            assertThatThrownBy(() -> new BrowserLookup("db", silent.getLocalPort())
                            .port(
                                    List.of(LOOPBACK),
                                    "prod",
                                    Deadline.after(Duration.ofMillis(100), "loginTimeout"),
                                    new AbortSignal()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SQL Server Browser on db")
                    .hasMessageContaining("instance 'prod'");
        }
    }

    @Test
    void aLookUpThatIsGivenUpEndsAtOnce() throws Exception {
        try (DatagramSocket browser = new DatagramSocket(0, LOOPBACK)) {
            AbortSignal signal = new AbortSignal();
            Thread aborter = new Thread(() -> {
                try {
                    browser.receive(new DatagramPacket(new byte[100], 100));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                signal.abort();
            });
            aborter.start();
            assertThatThrownBy(() -> new BrowserLookup("db", browser.getLocalPort())
                            .port(
                                    List.of(LOOPBACK),
                                    "prod",
                                    Deadline.after(Duration.ofMinutes(10), "loginTimeout"),
                                    signal))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("given up");
            aborter.join();
        }
    }

    private static int ask(String answer, int lost) throws Exception {
        DatagramSocket browser = new DatagramSocket(0, LOOPBACK);
        Thread thread = new Thread(() -> serve(browser, answer, lost));
        thread.start();
        try {
            return new BrowserLookup("db", browser.getLocalPort())
                    .port(
                            List.of(LOOPBACK),
                            "prod",
                            Deadline.after(Duration.ofSeconds(30), "loginTimeout"),
                            new AbortSignal());
        } finally {
            browser.close();
            thread.join();
        }
    }

    private static void serve(DatagramSocket browser, String answer, int lost) {
        byte[] text = answer.getBytes(StandardCharsets.US_ASCII);
        byte[] reply = new byte[text.length + 3];
        reply[0] = 5;
        reply[1] = (byte) text.length;
        reply[2] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, reply, 3, text.length);
        try {
            for (int i = 0; ; i++) {
                DatagramPacket question = new DatagramPacket(new byte[100], 100);
                browser.receive(question);
                assertThat(new String(question.getData(), 1, question.getLength() - 2, StandardCharsets.US_ASCII))
                        .isEqualTo("prod");
                if (i >= lost) {
                    browser.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
            assertThat(browser.isClosed()).isTrue();
        }
    }
}
