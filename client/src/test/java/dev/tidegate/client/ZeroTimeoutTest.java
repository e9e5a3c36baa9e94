package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ValueKind;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What 0 means for each property that is a time: no limit, but for the two that say otherwise. */
@Timeout(60)
class ZeroTimeoutTest {
    /** Longer than any wait that "at once" could be rounded to. */
    private static final long SLOW_MILLIS = 150;

    /** A server that is slow where the property counts, and what a client does there. */
    private enum Case {
        LOGIN_TIMEOUT("0: no limit.", ZeroTimeoutTest::slowLogin, ZeroTimeoutTest::run),
        QUERY_TIMEOUT("-1 or 0: no limit.", ZeroTimeoutTest::slowAnswer, ZeroTimeoutTest::run),
        SOCKET_TIMEOUT("0: no limit.", ZeroTimeoutTest::slowAnswer, ZeroTimeoutTest::run),
        CANCEL_QUERY_TIMEOUT("-1 or 0: no limit.", ZeroTimeoutTest::slowConfirmation, ZeroTimeoutTest::cancel),
        CLOSE_TIMEOUT("0: not at all, it is cut at once.", ZeroTimeoutTest::noConfirmation, ZeroTimeoutTest::close),
        LOCK_TIMEOUT("0: not at all.", ZeroTimeoutTest::lockTimeout, ZeroTimeoutTest::run);

        private final String meaning;
        private final Script server;
        private final Client client;

        Case(String meaning, Script server, Client client) {
            this.meaning = meaning;
            this.server = server;
            this.client = client;
        }

        ConnectionProperty property() {
            return ConnectionProperty.valueOf(name());
        }
    }

    private interface Client {
        void use(TdsConnection connection) throws Exception;
    }

    static Stream<Case> cases() {
        return Arrays.stream(Case.values());
    }

    @Guarantee("G14")
    @ParameterizedTest
    @MethodSource("cases")
    void zeroMeansWhatTheDescriptionSays(Case zero) throws Exception {
        assertThat(zero.property().description()).endsWith(zero.meaning);
        try (ScriptedServer server = ScriptedServer.start(zero.server);
                TdsConnection connection = TdsConnection.open(
                        settings(server).set(zero.property(), "0").build())) {
            zero.client.use(connection);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void noPropertyThatIsATimeIsLeftOut() {
        assertThat(cases().map(Case::property))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConnectionProperty.values())
                        .filter(ZeroTimeoutTest::isTimeThatMayBeZero)
                        .toList());
    }

    private static boolean isTimeThatMayBeZero(ConnectionProperty property) {
        return property.kind() instanceof ValueKind.Whole whole && whole.unit().endsWith("seconds") && whole.min() == 0;
    }

    @Guarantee("G14")
    @Test
    void aResultThatIsClosedHalfReadWithoutPatienceEndsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ZeroTimeoutTest::halfAnAnswer);
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CLOSE_TIMEOUT, "0")
                        .build())) {
            Response response = connection.execute("select");
            response.next();
            response.nextRow();
            assertThatThrownBy(response::close).hasMessageContaining("closeTimeout of 0.0 s is over");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee("G14")
    @Test
    void aCancelThatWasSentBeforeDoesNotLengthenAClose() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ZeroTimeoutTest::halfAnAnswer);
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "0")
                        .set(ConnectionProperty.CLOSE_TIMEOUT, "100")
                        .build())) {
            Response response = connection.execute("select");
            response.next();
            response.nextRow();
            response.cancel();
            assertThatThrownBy(response::close).hasMessageContaining("closeTimeout of 0.1 s is over");
        }
    }

    private static void slowLogin(ScriptedPeer peer) throws Exception {
        peer.answerPrelogin(dev.tidegate.tds.message.Encryption.NOT_SUPPORTED);
        peer.readLogin();
        Thread.sleep(SLOW_MILLIS);
        peer.reply(
                new EnvChange.Text(EnvChange.DATABASE, "master", ""),
                new LoginAck(1, 0x74000004, "Scripted", 0x10000FA0),
                done(0));
        peer.readBatch();
        peer.reply(count(3, 0));
        peer.awaitEnd();
    }

    private static void slowAnswer(ScriptedPeer peer) throws Exception {
        peer.acceptLogin();
        peer.readBatch();
        Thread.sleep(SLOW_MILLIS);
        peer.reply(count(3, 0));
        peer.awaitEnd();
    }

    private static void slowConfirmation(ScriptedPeer peer) throws Exception {
        peer.acceptLogin();
        peer.readBatch();
        peer.expect(PacketType.ATTENTION);
        Thread.sleep(SLOW_MILLIS);
        peer.reply(done(dev.tidegate.tds.token.Done.ATTENTION));
        peer.readBatch();
        peer.reply(count(3, 0));
        peer.awaitEnd();
    }

    private static void noConfirmation(ScriptedPeer peer) throws Exception {
        peer.acceptLogin();
        peer.readBatch();
        peer.awaitEnd();
    }

    private static void halfAnAnswer(ScriptedPeer peer) throws Exception {
        peer.readBatch();
        peer.begin();
        peer.writeNumbers(5);
        peer.out().flush();
        peer.awaitEndOfAnything();
    }

    private static void lockTimeout(ScriptedPeer peer) throws Exception {
        peer.acceptLogin();
        assertThat(peer.readBatch()).isEqualTo("SET LOCK_TIMEOUT 0");
        peer.reply(done(0));
        peer.readBatch();
        peer.reply(count(3, 0));
        peer.awaitEnd();
    }

    private static void run(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("run")) {
            assertThat(response.next()).isEqualTo(new Item.UpdateCount(3));
            assertThat(response.next()).isNull();
        }
    }

    private static void cancel(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("cancelled")) {
            response.cancel();
            assertThatThrownBy(response::next)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HY008"));
        }
        run(connection);
    }

    /** The server would let a client wait for ever. */
    private static void close(TdsConnection connection) throws SQLException {
        connection.execute("stalled");
        connection.close();
        assertThat(connection.isOpen()).isFalse();
    }
}
