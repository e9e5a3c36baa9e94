package dev.tidegate.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.testkit.capture.Capture;
import dev.tidegate.testkit.capture.Captures;
import dev.tidegate.testkit.capture.Direction;
import dev.tidegate.testkit.capture.RecordedMessage;
import dev.tidegate.testkit.fault.Ending;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptedServerTest {
    private static final Token DONE = ScriptedPeer.count(3, 0);

    /** The client's end, as plain as it can be. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final TdsReader in;
        private final TdsWriter out;

        Client(ScriptedServer server) throws IOException {
            socket = new Socket("127.0.0.1", server.port());
            socket.setSoTimeout(20_000);
            in = new TdsReader(socket.getInputStream());
            out = new TdsWriter(socket.getOutputStream());
        }

        void batch(String sql) throws IOException {
            out.begin(PacketType.SQL_BATCH);
            new SqlBatch(RequestHeaders.NONE, sql).write(out, TdsVersion.V7_4);
            out.end();
        }

        Token answer() throws IOException {
            assertThat(in.beginMessage()).isEqualTo(PacketType.RESPONSE);
            return new TokenReader(in, TdsVersion.V7_4).next();
        }

        /** Waits for the server's end. */
        void awaitEnd() throws IOException {
            assertThat(in.beginMessage()).isNull();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void scriptsServeTheirConnections() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                peer -> {
                    assertThat(peer.readBatch()).isEqualTo("first");
                    peer.reply(DONE);
                },
                peer -> {
                    assertThat(peer.readBatch()).isEqualTo("other");
                    peer.reply(ScriptedPeer.error(50_000, 16, "no"));
                })) {
            for (int i = 0; i < 3; i++) {
                try (Client client = new Client(server)) {
                    client.batch(i == 0 ? "first" : "other");
                    if (i == 0) {
                        assertThat(client.answer()).isEqualTo(DONE);
                    } else {
                        assertThat(client.answer()).isEqualTo(ScriptedPeer.error(50_000, 16, "no"));
                    }
                    client.awaitEnd();
                }
            }
            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    @Test
    void aDialogueIsPlayedStepByStep() throws IOException {
        byte[] expected = new byte[] {16, 0, 0, 0};
        Dialogue dialogue = Dialogue.steps()
                .expect(PacketType.SQL_BATCH)
                .reply(DONE)
                .expect(PacketType.SSPI, expected)
                .stall()
                .reply(DONE)
                .awaitEnd()
                .build();
        try (ScriptedServer server = ScriptedServer.start(dialogue);
                Client client = new Client(server)) {
            client.batch("select 1");
            assertThat(client.answer()).isEqualTo(DONE);
            client.out.begin(PacketType.SSPI);
            client.out.writeBytes(expected);
            client.out.end();
            server.peers().get(0).release();
            assertThat(client.answer()).isEqualTo(DONE);
        }
    }

    @Test
    void whatDiffersIsNamedWithItsStep() throws IOException {
        Dialogue dialogue = Dialogue.steps()
                .expect(PacketType.SQL_BATCH)
                .reply(DONE)
                .expect(PacketType.RPC)
                .build();
        ScriptedServer server = ScriptedServer.start(dialogue);
        try (Client client = new Client(server)) {
            client.batch("one");
            client.answer();
            client.batch("two");
            client.awaitEnd();
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("step 3 of 3, connection 1: expected RPC, got SQL_BATCH of 28 bytes: 16 00 00 00")
                .hasCauseInstanceOf(DialogueMismatch.class);
    }

    @Test
    void bytesThatDifferAndAnEarlyEndAreNamed() throws IOException {
        Dialogue dialogue = Dialogue.steps()
                .expect(PacketType.SQL_BATCH, new byte[] {22, 1})
                .build();
        ScriptedServer server = ScriptedServer.start(
                dialogue, Dialogue.steps().expect(PacketType.RPC).build());
        try (Client client = new Client(server)) {
            client.batch("one");
            client.awaitEnd();
        }
        try (Client client = new Client(server)) {
            client.socket.shutdownOutput();
            client.awaitEnd();
        }
        assertThatThrownBy(server::close)
                .hasMessageContaining("SQL_BATCH differs from byte 1 on; expected 2 bytes: 16 01; got 28 bytes: 16 00")
                .satisfies(e -> assertThat(e.getSuppressed()[0])
                        .hasMessageContaining("connection 2: expected RPC, the client closed the connection"));
    }

    @Test
    void aConnectionIsEndedInBothManners() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                Dialogue.steps().expect(PacketType.SQL_BATCH).end(Ending.FIN).build(),
                Dialogue.steps().expect(PacketType.SQL_BATCH).end(Ending.RESET).build())) {
            try (Client client = new Client(server)) {
                client.batch("one");
                client.awaitEnd();
            }
            try (Client client = new Client(server)) {
                client.batch("one");
                assertThatThrownBy(client::awaitEnd).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void aRecordedDialogueIsPlayedByteForByte() throws IOException {
        Capture capture = Captures.read("batch-multiple-results");
        try (ScriptedServer server =
                        ScriptedServer.start(Dialogue.of(capture).awaitEnd().build());
                Client client = new Client(server)) {
            for (RecordedMessage message : capture.messages()) {
                if (message.direction() == Direction.CLIENT) {
                    client.socket.getOutputStream().write(message.bytes());
                } else {
                    byte[] bytes = message.bytes();
                    assertThat(client.socket.getInputStream().readNBytes(bytes.length))
                            .isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void aStalledScriptEndsWithItsServer() throws IOException {
        ScriptedServer server = ScriptedServer.start(Dialogue.steps().stall().build());
        try (Client client = new Client(server)) {
            client.batch("nobody reads this");
            server.close();
            server.close();
            assertThatThrownBy(() -> {
                        if (client.in.beginMessage() == null) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }
}
