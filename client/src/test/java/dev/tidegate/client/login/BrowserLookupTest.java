package dev.tidegate.client.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void onlyTheAddressAndPortThatWereAskedAnswer() throws Exception {
        try (DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
                DatagramSocket browser = new DatagramSocket(0, LOOPBACK)) {
            Thread thread = start(() -> {
                DatagramPacket question = receive(browser);
                byte[] wrong = reply("InstanceName;PROD;tcp;1;;");
                for (int i = 0; i < 20; i++) {
                    stranger.send(new DatagramPacket(wrong, wrong.length, question.getSocketAddress()));
                }
                byte[] right = reply("InstanceName;PROD;tcp;50123;;");
                browser.send(new DatagramPacket(right, right.length, question.getSocketAddress()));
            });
            assertThat(look(browser, Duration.ofSeconds(30))).isEqualTo(50_123);
            thread.join();
        }
    }

    @Test
    void whoeverElseSendsNeitherEndsTheLookUpNorMakesItAskMore() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        Thread thread;
        try (DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
                DatagramSocket browser = new DatagramSocket(0, LOOPBACK)) {
            thread = start(() -> {
                while (true) {
                    DatagramPacket question = receive(browser);
                    questions.incrementAndGet();
                    byte[] junk = {1, 2, 3};
                    for (int i = 0; i < 100; i++) {
                        stranger.send(new DatagramPacket(junk, junk.length, question.getSocketAddress()));
                    }
                }
            });
            assertThatThrownBy(() -> look(browser, Duration.ofMillis(700)))
                    .hasMessageContaining("does not tell the port");
            assertThat(questions).hasValueBetween(1, 3);
        }
        thread.join();
    }

    static Stream<Arguments> noAnswers() {
        byte[] claimsMore = reply("InstanceName;PROD;tcp;50123;;");
        claimsMore[1]++;
        byte[] claimsLess = reply("InstanceName;PROD;tcp;50123;;");
        claimsLess[1]--;
        byte[] anotherKind = reply("InstanceName;PROD;tcp;50123;;");
        anotherKind[0] = 4;
        return Stream.of(
                arguments(new byte[0], "it has no header"),
                arguments(new byte[] {5, 0}, "it has no header"),
                arguments(anotherKind, "it has no header"),
                arguments(claimsMore, "it claims 30 bytes and has 29"),
                arguments(claimsLess, "it claims 28 bytes and has 29"),
                arguments(reply("x;".repeat(513)), "it is longer than 1024 bytes"),
                arguments(reply("x;".repeat(20_000)), "it is longer than 1024 bytes"),
                arguments(reply("InstanceName;OTHER;tcp;50123;;"), "it is about instance 'OTHER'"));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void whatIsNoAnswerIsRefusedAndSaysWhy(byte[] answer, String why) {
        assertThatThrownBy(() -> ask(answer, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sends an answer that is not one: " + why)
                .hasMessageContaining("give the port");
    }

    private static int ask(String answer, int lost) throws Exception {
        return ask(reply(answer), lost);
    }

    private static int ask(byte[] answer, int lost) throws Exception {
        DatagramSocket browser = new DatagramSocket(0, LOOPBACK);
        Thread thread = start(() -> {
            for (int i = 0; ; i++) {
                DatagramPacket question = receive(browser);
                assertThat(new String(question.getData(), 1, question.getLength() - 2, StandardCharsets.US_ASCII))
                        .isEqualTo("prod");
                if (i >= lost) {
                    browser.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                }
            }
        });
        try {
            return look(browser, Duration.ofSeconds(30));
        } finally {
            browser.close();
            thread.join();
        }
    }

    private static int look(DatagramSocket browser, Duration limit) throws IOException {
        return new BrowserLookup("db", browser.getLocalPort())
                .port(List.of(LOOPBACK), "prod", Deadline.after(limit, "loginTimeout"), new AbortSignal());
    }

    private interface Answering {
        void run() throws IOException;
    }

    private static Thread start(Answering answering) {
        Thread thread = new Thread(() -> {
            try {
                answering.run();
            } catch (IOException e) {
                // The socket was closed: the test is over.
                return;
            }
        });
        thread.start();
        return thread;
    }

    private static DatagramPacket receive(DatagramSocket browser) throws IOException {
        DatagramPacket question = new DatagramPacket(new byte[100], 100);
        browser.receive(question);
        return question;
    }

    private static byte[] reply(String answer) {
        byte[] text = answer.getBytes(StandardCharsets.US_ASCII);
        byte[] reply = new byte[text.length + 3];
        reply[0] = 5;
        reply[1] = (byte) text.length;
        reply[2] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, reply, 3, text.length);
        return reply;
    }
}
