package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoginTest {
    private static final LoginAck ACK = new LoginAck(1, 0x74000004, "Scripted", 0x10000FA0);

    @Test
    void sendsWhatTheSettingsSayAndTakesWhatTheServerGrants() throws Exception {
        AtomicReference<Login7> sent = new AtomicReference<>();
        AtomicInteger firstPayload = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            assertThat(peer.answerPrelogin(Encryption.NOT_SUPPORTED).encryption())
                    .isEqualTo(Encryption.OFF);
            sent.set(peer.readLogin());
            peer.reply(
                    new EnvChange.Text(EnvChange.DATABASE, "shop", "master"),
                    new EnvChange.Text(EnvChange.LANGUAGE, "Deutsch", ""),
                    new EnvChange.CollationChange(Collation.UTF8, null),
                    new EnvChange.Text(EnvChange.PACKET_SIZE, "8000", "4096"),
                    ACK,
                    done(0));
            peer.expect(PacketType.SQL_BATCH);
            firstPayload.set(peer.in().available());
            SqlBatch.read(peer.in(), TdsVersion.V7_4);
            peer.reply(done(0));
            peer.awaitEnd();
        })) {
            ConnectionSettings settings = settings(server)
                    .database("shop")
                    .set(ConnectionProperty.APPLICATION_NAME, "test")
                    .set(ConnectionProperty.WORKSTATION_ID, "here")
                    .set(ConnectionProperty.LANGUAGE, "Deutsch")
                    .set(ConnectionProperty.APPLICATION_INTENT, "readonly")
                    .build();
            try (TdsConnection connection = TdsConnection.open(settings)) {
                assertThat(connection.database()).isEqualTo("shop");
                assertThat(connection.language()).isEqualTo("Deutsch");
                assertThat(connection.collation()).isEqualTo(Collation.UTF8);
                assertThat(connection.serverInfo().version()).isEqualTo("16.0.4000");
                assertThat(connection.serverInfo().majorVersion()).isEqualTo(16);
                assertThat(connection.serverInfo().encrypted()).isFalse();
                connection.execute("x".repeat(10_000)).finish();
            }
        }
        assertThat(firstPayload).as("of a packet of 8,000 bytes").hasValue(8_000 - TdsReader.HEADER_LENGTH);
        Login7 login = sent.get();
        assertThat(login.packetSize()).isEqualTo(32_767);
        assertThat(login.userName()).isEqualTo("sa");
        assertThat(login.password()).isEqualTo("secret");
        assertThat(login.applicationName()).isEqualTo("test");
        assertThat(login.hostName()).isEqualTo("here");
        assertThat(login.language()).isEqualTo("Deutsch");
        assertThat(login.database()).isEqualTo("shop");
        assertThat(login.flags().readOnlyIntent()).isTrue();
        assertThat(login.feature(LoginFeature.UTF8_SUPPORT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"511", "32768", "-1", "many", ""})
    void aPacketSizeThatIsNoneIsAnError(String granted) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            peer.reply(new EnvChange.Text(EnvChange.PACKET_SIZE, granted, "4096"), ACK, done(0));
            peer.awaitEnd();
        })) {
            assertThatThrownBy(() -> connect(server))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("packets of '" + granted + "' bytes; 512 to 32767 are possible");
        }
    }

    @Guarantee("G34")
    @Test
    void aRefusedLoginIs28000AndNothingStaysOpen() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            peer.reply(error(18456, 14, "Login failed for user 'sa'."), done(2));
            peer.awaitEnd();
        })) {
            assertThatThrownBy(() -> connect(server))
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28000"))
                    .hasMessage("Login failed for user 'sa'.");
        }
    }

    @Test
    void followsRoutesToTheEndAndTakesTheDatabaseAlong() throws Exception {
        AtomicReference<ScriptedServer> second = new AtomicReference<>();
        try (ScriptedServer target = ScriptedServer.start(peer -> {
                    peer.answerPrelogin(Encryption.NOT_SUPPORTED);
                    assertThat(peer.readLogin().database()).isEqualTo("replica");
                    peer.reply(ACK, done(0));
                    peer.awaitEnd();
                });
                ScriptedServer first = ScriptedServer.start(peer -> {
                    peer.answerPrelogin(Encryption.NOT_SUPPORTED);
                    peer.readLogin();
                    peer.reply(
                            ACK, new EnvChange.Routing(0, second.get().port(), "127.0.0.1\\node", "replica"), done(0));
                    peer.awaitEnd();
                })) {
            second.set(target);
            try (TdsConnection connection = connect(first)) {
                assertThat(connection.serverInfo().port()).isEqualTo(target.port());
            }
        }
    }

    @Test
    void gaveUpAfterTenHops() throws Exception {
        AtomicInteger port = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            peer.reply(ACK, new EnvChange.Routing(0, port.get(), "127.0.0.1", null), done(0));
            peer.awaitEnd();
        })) {
            port.set(server.port());
            assertThatThrownBy(() -> connect(server)).hasMessageContaining("10 times");
            assertThat(server.accepted()).isEqualTo(11);
        }
    }

    @Test
    void aPassingErrorIsTriedAgainWithinTheTimeout() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            if (attempts.incrementAndGet() == 1) {
                peer.reply(error(40613, 17, "not available"), done(2));
            } else {
                peer.reply(ACK, done(0));
            }
            peer.awaitEnd();
        })) {
            ConnectionSettings.Builder settings = settings(server).set(ConnectionProperty.CONNECT_RETRY_INTERVAL, "1");
            TdsConnection.open(settings.build()).close();
            assertThat(attempts).hasValue(2);
            attempts.set(0);
            assertThatThrownBy(() -> TdsConnection.open(settings.set(ConnectionProperty.CONNECT_RETRY_COUNT, "0")
                            .build()))
                    .isInstanceOf(SQLTransientConnectionException.class);
        }
    }

    @Test
    void nobodyThereNamesHostPortAndWhatToCheck() throws Exception {
        int port = freePort();
        assertThatThrownBy(() -> TdsConnection.open(ConnectionSettings.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .build()))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("firewall");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatThrownBy(() -> TdsConnection.open(ConnectionSettings.builder()
                        .host("no-such-host.invalid")
                        .build()))
                .hasMessageContaining("no-such-host.invalid");
    }

    @Guarantee("G14")
    @Test
    void aServerThatSaysNothingMeetsTheLoginTimeout() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedPeer::awaitEndOfAnything)) {
            assertThatThrownBy(() -> TdsConnection.open(settings(server)
                            .set(ConnectionProperty.LOGIN_TIMEOUT, "1")
                            .build()))
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("loginTimeout of 1.0 s is over (PRELOGIN at 127.0.0.1");
        }
    }

    @Test
    void aPeerThatIsNoSqlServerIsRecognised() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.socket()
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))) {
            assertThatThrownBy(() -> connect(server)).hasMessageContaining("does not speak TDS");
        }
    }

    @Test
    void encryptTrueIsRefusedByAServerWithoutEncryption() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            assertThat(peer.answerPrelogin(Encryption.NOT_SUPPORTED).encryption())
                    .isEqualTo(Encryption.ON);
            peer.awaitEnd();
        })) {
            assertThatThrownBy(() -> TdsConnection.open(settings(server)
                            .set(ConnectionProperty.ENCRYPT, "true")
                            .build()))
                    .hasMessageContaining("set encrypt=false if the network is trusted");
        }
    }

    @Test
    void theLockTimeoutIsSetAtOnceAndAgainAfterAReset() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    assertThat(peer.readBatch()).isEqualTo("SET LOCK_TIMEOUT 500");
                    peer.reply(done(0));
                    assertThat(peer.readBatch()).isEqualTo("SET LOCK_TIMEOUT 500");
                    assertThat(peer.in().firstStatus() & 0x08).isEqualTo(0x08);
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    assertThat(peer.readBatch()).isEqualTo("next");
                    assertThat(peer.in().firstStatus() & 0x08).isZero();
                    peer.reply(done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.LOCK_TIMEOUT, "500")
                        .build())) {
            connection.resetOnNextRequest();
            connection.execute("next").finish();
        }
    }

    @Guarantee("G40")
    @Test
    void noSecretIsInAnyMessage() throws Exception {
        ConnectionSettings settings =
                ConnectionSettings.parse("jdbc:tidegate://127.0.0.1:" + freePort() + ";user=sa;password={p;w}", null);
        assertThat(settings.toString()).doesNotContain("p;w").contains("***");
        assertThatThrownBy(() -> TdsConnection.open(settings))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("p;w"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
