package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.testkit.capture.Capture;
import dev.tidegate.testkit.capture.Captures;
import dev.tidegate.testkit.capture.Direction;
import dev.tidegate.testkit.capture.RecordedMessage;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an independent server once answered to other clients, played to this one: every answer is read to its end, row for row. */
@Timeout(60)
class CaptureReplayTest {
    /** One message of the recorded client, and the server's answer to it. */
    private record Exchange(RecordedMessage request, RecordedMessage answer) {}

    static Stream<Capture> dialogues() {
        return Captures.all().filter(CaptureReplayTest::isPlainDialogue);
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void everyAnswerIsReadToItsEnd(Capture capture) throws Exception {
        List<Exchange> exchanges = exchanges(capture);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Exchange exchange : exchanges) {
                        assertThat(peer.in().beginMessage()).isNotNull();
                        peer.in().skipToEnd();
                        peer.socket().getOutputStream().write(exchange.answer().bytes());
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            for (Exchange exchange : exchanges.subList(2, exchanges.size())) {
                assertThat(readRows(connection)).isEqualTo(recordedRows(exchange.answer(), exchanges));
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    private static int readRows(TdsConnection connection) throws SQLException, IOException {
        int rows = 0;
        try (Response response = connection.execute("as recorded")) {
            while (response.isOpen()) {
                try {
                    if (response.next() instanceof Item.Rows described) {
                        while (response.nextRow()) {
                            rows++;
                            for (int i = 0; i < described.columns().size(); i++) {
                                response.row().getObject(i);
                            }
                        }
                    }
                } catch (SQLException e) {
                    // The server's own, in its place.
                    assertThat(DatabaseError.of(e)).as("%s", e).isPresent();
                }
            }
        }
        return rows;
    }

    private static int recordedRows(RecordedMessage answer, List<Exchange> exchanges) throws IOException {
        TdsReader in = new TdsReader(answer.stream());
        in.beginMessage();
        TokenReader tokens = new TokenReader(in, version(exchanges.get(1).answer()));
        int rows = 0;
        while (!in.atEnd()) {
            if (tokens.next() instanceof RowMarker marker) {
                RowDecoder.ofColumns(tokens.metadata().columns()).skip(in, marker);
                rows++;
            }
        }
        return rows;
    }

    private static TdsVersion version(RecordedMessage loginAnswer) throws IOException {
        TdsReader in = new TdsReader(loginAnswer.stream());
        in.beginMessage();
        TokenReader tokens = new TokenReader(in, TdsVersion.V7_4);
        while (!in.atEnd()) {
            Token token = tokens.next();
            if (token instanceof LoginAck ack) {
                return TdsVersion.ofCode(ack.tdsVersion());
            }
        }
        throw new AssertionError("the recorded login was refused");
    }

    private static List<Exchange> exchanges(Capture capture) {
        List<Exchange> exchanges = new ArrayList<>();
        RecordedMessage request = null;
        for (RecordedMessage message : capture.messages()) {
            if (message.direction() == Direction.CLIENT) {
                request = message;
            } else if (request != null) {
                exchanges.add(new Exchange(request, message));
                request = null;
            }
        }
        return exchanges;
    }

    /**
     * One connection, logged in without TLS and in the version that this client asks for, without attentions and without server cursors,
     * whose rows may come without a description.
     */
    private static boolean isPlainDialogue(Capture capture) {
        List<RecordedMessage> requests = capture.messages(Direction.CLIENT).toList();
        long logins = requests.stream()
                .filter(m -> m.type() == PacketType.LOGIN7.code())
                .count();
        boolean attention = requests.stream().anyMatch(m -> m.type() == PacketType.ATTENTION.code());
        boolean whole = capture.messages().stream().allMatch(RecordedMessage::complete);
        return !capture.isMalformed()
                && !capture.name().endsWith("-failure")
                && !capture.name().contains("cursor")
                && !capture.client().startsWith("jTDS")
                && logins == 1
                && requests.size() > 1
                && requests.get(1).type() == PacketType.LOGIN7.code()
                && !attention
                && whole;
    }
}
