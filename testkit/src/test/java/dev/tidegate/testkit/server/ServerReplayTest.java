package dev.tidegate.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.testkit.capture.Capture;
import dev.tidegate.testkit.capture.Captures;
import dev.tidegate.testkit.capture.Direction;
import dev.tidegate.testkit.capture.RecordedMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Says to the embedded server, byte for byte, what independent clients said to another one. It may answer otherwise (tables are
 * missing, handles and transactions have other numbers), but it must understand each message and answer it with whole tokens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerReplayTest {
    private static final int ATTENTION = PacketType.ATTENTION.code();
    /** The server understood the message too little to go on. */
    private static final int PROTOCOL_ERROR = 4002;

    private EmbeddedSqlServer server;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedSqlServer.builder()
                .database("capdb")
                .login("babelfish_user", "12345678")
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Capture> captures() {
        // Of a login in TLS only the encrypted bytes were left out: there is nothing to say.
        return Captures.all().filter(capture -> !capture.name().contains("tls"));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyMessageIsUnderstoodAndAnswered(Capture capture) throws IOException {
        TdsVersion version = capture.client().contains("jTDS") ? TdsVersion.V7_1 : TdsVersion.V7_4;
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            TdsReader in = new TdsReader(new BufferedInputStream(socket.getInputStream()));
            int unanswered = 0;
            int acknowledged = 0;
            List<RecordedMessage> said = capture.messages(Direction.CLIENT)
                    .filter(RecordedMessage::complete)
                    .toList();
            for (RecordedMessage message : said) {
                if (message.type() != ATTENTION) {
                    acknowledged += read(in, version, unanswered);
                    unanswered = 0;
                }
                socket.getOutputStream().write(message.bytes());
                unanswered++;
            }
            acknowledged += read(in, version, unanswered);
            assertThat(acknowledged).isEqualTo((int)
                    said.stream().filter(message -> message.type() == ATTENTION).count());
        }
    }

    /** @return how many of the answers acknowledged an attention */
    private static int read(TdsReader in, TdsVersion version, int messages) throws IOException {
        int acknowledged = 0;
        for (int i = 0; i < messages; i++) {
            assertThat(in.beginMessage()).isEqualTo(PacketType.RESPONSE);
            if (in.peekUnsignedByte() == 0) {
                in.skipToEnd();
                continue;
            }
            List<Token> tokens = tokens(in, version);
            assertThat(tokens.get(tokens.size() - 1))
                    .isInstanceOfSatisfying(
                            Done.class, done -> assertThat(done.hasMore()).isFalse());
            assertThat(tokens)
                    .noneMatch(token -> token instanceof ServerMessage message && message.number() == PROTOCOL_ERROR);
            if (((Done) tokens.get(tokens.size() - 1)).isAttention()) {
                acknowledged++;
            }
        }
        return acknowledged;
    }

    private static List<Token> tokens(TdsReader in, TdsVersion version) throws IOException {
        TokenReader reader = new TokenReader(in, version);
        List<Token> tokens = new ArrayList<>();
        while (!in.atEnd()) {
            Token token = reader.next();
            tokens.add(token);
            if (token instanceof RowMarker marker) {
                RowDecoder.of(reader.metadata().columns().stream()
                                .map(Column::type)
                                .toList())
                        .decode(in, marker);
            }
        }
        return tokens;
    }
}
